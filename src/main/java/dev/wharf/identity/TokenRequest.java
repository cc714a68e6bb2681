package dev.wharf.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Text;
import java.time.Duration;

/**
 * The body that asks for an access token ({@code domain.md} §3.1), checked.
 *
 * @param lifetime null for a token that never expires
 * @param personId whose token it becomes; null for the caller's own
 */
public record TokenRequest(Duration lifetime, String description, Long personId) {
    private static final long NEVER_EXPIRES = -1;

    /** A hundred years: what is longer is a slip of the keyboard. */
    private static final long MAX_SECONDS = 100L * 365 * 24 * 60 * 60;

    private static final int MAX_DESCRIPTION = 255;

    @JsonCreator
    static TokenRequest of(
            @JsonProperty("lifetimeSeconds") Long lifetimeSeconds,
            @JsonProperty("description") String description,
            @JsonProperty("personId") Long personId) {
        if (lifetimeSeconds == null
                || lifetimeSeconds != NEVER_EXPIRES && (lifetimeSeconds < 1 || lifetimeSeconds > MAX_SECONDS)) {
            throw ProblemException.invalid(
                    "lifetimeSeconds",
                    "must be a whole number of seconds from 1 to " + MAX_SECONDS
                            + ", or -1 for a token that never expires");
        }
        return new TokenRequest(
                lifetimeSeconds == NEVER_EXPIRES ? null : Duration.ofSeconds(lifetimeSeconds),
                Text.description("description", description, MAX_DESCRIPTION),
                personId);
    }
}
