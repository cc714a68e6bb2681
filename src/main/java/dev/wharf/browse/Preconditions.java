package dev.wharf.browse;

import dev.wharf.kernel.api.EntityTags;
import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Optional;

/** Under which conditions a file is wanted, and which part of it (RFC 9110, 13). */
record Preconditions(Optional<String> match, Optional<String> noneMatch, Optional<String> ifRange, RangeHeader range) {
    /** A range is for GET only (RFC 9110, 14.2). */
    static Preconditions of(RequestHead head) {
        return new Preconditions(
                head.header("If-Match"),
                head.header("If-None-Match"),
                head.header("If-Range"),
                head.method().equals("GET")
                        ? head.header("Range").map(RangeHeader::parse).orElse(null)
                        : null);
    }

    /** Whether the answer depends on what the file is like. */
    boolean any() {
        return match.isPresent() || noneMatch.isPresent() || range != null;
    }

    /**
     * Whether the caller has this version already: the answer is 304.
     *
     * @param etag without quotes; empty where the file has none
     * @throws ProblemException 412 if the file is not the version that is wanted
     */
    boolean isKnown(String etag) {
        if (match.isPresent() && !EntityTags.names(match.get(), etag, false)) {
            throw new ProblemException(
                    Problem.PRECONDITION_FAILED,
                    "If-Match: the file is another version than " + match.get() + "; read it anew");
        }
        return noneMatch.isPresent() && EntityTags.names(noneMatch.get(), etag, true);
    }

    /** The part that is to be sent of this version; null for all of it. A date in If-Range is never sure enough. */
    RangeHeader rangeOf(String etag) {
        return ifRange.isEmpty() || EntityTags.names(ifRange.get(), etag, false) ? range : null;
    }
}
