package dev.wharf.browse;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectRestore.Tier;
import dev.wharf.store.S3Uri;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which archived objects are to be readable for some time.
 *
 * @param sources objects, and folders for what an import of them refuses: all archived data in them. On one connection
 * @param tier how soon they are wanted; {@code Standard} by default
 * @param days how long their copies stay, 1 by default
 */
public record RestoreRequest(List<S3Uri> sources, Tier tier, int days) implements RequestBody {
    static final int MOST_SOURCES = 1_000;

    /** No store has to take so many, but nobody means more. */
    private static final int MOST_DAYS = 365;

    @JsonCreator
    static RestoreRequest of(
            @JsonProperty("uris") List<String> uris,
            @JsonProperty("tier") String tier,
            @JsonProperty("days") Integer days) {
        var faults = new Faults();
        List<S3Uri> sources = faults.get(() -> sources(uris));
        Tier chosen = faults.get(() -> tier(tier));
        faults.check(() -> {
            if (days != null && (days < 1 || days > MOST_DAYS)) {
                throw ProblemException.invalid("days", "must be from 1 to " + MOST_DAYS);
            }
        });
        faults.refuse();
        return new RestoreRequest(sources, chosen, days == null ? 1 : days);
    }

    /** Whose store it is; null for base storage. */
    Long connectionId() {
        return sources.get(0).connectionId();
    }

    private static List<S3Uri> sources(List<String> uris) {
        if (uris == null || uris.isEmpty() || uris.size() > MOST_SOURCES) {
            throw ProblemException.invalid(
                    "uris", "must name 1 to " + MOST_SOURCES + " objects, or folders, which end in a slash");
        }
        List<S3Uri> sources = uris.stream().map(S3Uri::parse).distinct().toList();
        if (sources.stream().map(S3Uri::connectionId).distinct().count() > 1) {
            throw ProblemException.invalid("uris", "are on several connections: send a request for each");
        }
        for (S3Uri source : sources) {
            if (source.bucket().isEmpty() || source.key().isEmpty()) {
                throw ProblemException.invalid(
                        "uris", "names " + source.location() + ": name objects or folders in a bucket");
            }
        }
        return sources;
    }

    private static Tier tier(String name) {
        return name == null
                ? Tier.Standard
                : Arrays.stream(Tier.values())
                        .filter(tier -> tier.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> ProblemException.invalid(
                                "tier",
                                "must be one of "
                                        + Arrays.stream(Tier.values())
                                                .map(Enum::name)
                                                .collect(Collectors.joining(", "))));
    }
}
