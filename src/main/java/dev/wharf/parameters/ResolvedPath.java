package dev.wharf.parameters;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.ObjectNames.NoData;

/**
 * Where a run reads.
 *
 * @param connectionId null for base storage
 */
public record ResolvedPath(String bucket, Long connectionId, PathPattern pattern) {
    /** {@code domain.md} §6; past it, nothing is left out in silence. */
    static final long MAX_FILES = 100_000;

    /** The address up to where it varies, for messages. */
    public String location() {
        return "s3://" + bucket + "/" + pattern.prefix() + (pattern.isFixed() ? "" : "…");
    }

    /**
     * Why an object that matches is no data; null where it is. A hidden name is ignored unless the path says how it begins; a
     * file that is named in full is data in any case.
     */
    public NoData noData(String key) {
        String named = pattern.prefix();
        if (pattern.isFixed() && named.equals(key)) {
            return null;
        }
        int name = named.lastIndexOf('/') + 1;
        if (!ObjectNames.isHidden(named.substring(name))) {
            return ObjectNames.noData(named.substring(0, name), key);
        }
        int below = key.indexOf('/', named.length()) + 1;
        if (below > 0) {
            return ObjectNames.noData(key.substring(0, below), key);
        }
        return ObjectNames.isMarker(key) ? NoData.MARKER : null;
    }

    /**
     * @param files how many have matched so far
     * @throws ProblemException 400 if a dataset cannot have so many
     */
    public void requireFewEnough(long files) {
        if (files > MAX_FILES) {
            throw ProblemException.invalid(
                    "dynamicPath",
                    "matches more than " + MAX_FILES + " files in " + location()
                            + ", which is as many as a dataset with parameters may have: fix more of the path, or take a"
                            + " shorter range of dates");
        }
    }
}
