package dev.wharf.identity.tokens;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.time.Duration;

/**
 * The body that asks for an access token ({@code domain.md} §3.1), checked.
 *
 * @param lifetime null for a token that never expires
 * @param personId whose token it becomes; null for the caller's own
 */
public record TokenRequest(Duration lifetime, String description, Long personId) implements RequestBody {
    private static final long NEVER_EXPIRES = -1;

    /** A hundred years: what is longer is a slip of the keyboard. */
    private static final long MAX_SECONDS = 100L * 365 * 24 * 60 * 60;

    private static final int MAX_DESCRIPTION = 255;

    @JsonCreator
    static TokenRequest of(
            @JsonProperty("lifetimeSeconds") Long lifetimeSeconds,
            @JsonProperty("description") String description,
            @JsonProperty("personId") Long personId) {
        var faults = new Faults();
        faults.check(() -> requireLifetime(lifetimeSeconds));
        faults.check(() -> Text.description("description", description, MAX_DESCRIPTION));
        faults.refuse();
        return new TokenRequest(
                lifetimeSeconds == NEVER_EXPIRES ? null : Duration.ofSeconds(lifetimeSeconds), description, personId);
    }

    private static void requireLifetime(Long seconds) {
        if (seconds == null || seconds != NEVER_EXPIRES && (seconds < 1 || seconds > MAX_SECONDS)) {
            throw ProblemException.invalid(
                    "lifetimeSeconds",
                    "must be a whole number of seconds from 1 to " + MAX_SECONDS
                            + ", or -1 for a token that never expires");
        }
    }
}
