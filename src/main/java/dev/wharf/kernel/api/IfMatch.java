package dev.wharf.kernel.api;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/**
 * Of which version somebody believes to be what they change (RFC 9110, 13.1.1): it is refused for another one, so that of
 * two who change one thing at a time the second sees what the first has done.
 */
public record IfMatch(Optional<String> tags) {
    /** The header that says it. */
    public static final String HEADER = "If-Match";

    /** Of one who does not say. */
    public static final IfMatch ANY = new IfMatch(Optional.empty());

    public static IfMatch of(RequestHead head) {
        return new IfMatch(head.header(HEADER));
    }

    /**
     * @param updatedAt of the version that there is
     * @return what the column {@code updated_at} must hold when the change is written; null for anything
     * @throws ProblemException 412 if another version is believed to be there
     */
    public Timestamp require(Instant updatedAt) {
        if (tags.isEmpty()) {
            return null;
        }
        if (!EntityTags.names(tags.get(), Versioned.etag(updatedAt), false)) {
            throw changed();
        }
        return Timestamp.from(updatedAt);
    }

    /**
     * @param rows how many were written where the version stood in the statement's condition
     * @param believed null where any would do
     * @throws ProblemException 412 if none was
     */
    public static void requireWritten(int rows, Timestamp believed) {
        if (rows == 0 && believed != null) {
            throw changed();
        }
    }

    /** For a change that found another version when it was written. */
    public static ProblemException changed() {
        return new ProblemException(
                Problem.PRECONDITION_FAILED,
                "It was changed by somebody else since you read it, and nothing was overwritten: read it again, and send what"
                        + " you still want with its new ETag in If-Match");
    }
}
