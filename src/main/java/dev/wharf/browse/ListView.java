package dev.wharf.browse;

import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectNames;

/**
 * What is wanted of a listing.
 *
 * @param recursive the files at any depth, instead of the files and folders one level deep
 * @param byName whether the rows have to be in the order of their keys
 * @param showHidden also what an import of the folder would ignore
 */
record ListView(boolean recursive, boolean byName, boolean showHidden) {

    /**
     * @throws ProblemException 400 for a value that is none, or an order that no store has
     */
    static ListView of(Query query) {
        query.get("sort").filter(sort -> !sort.equals("name")).ifPresent(sort -> {
            throw ProblemException.invalid(
                    "sort",
                    "can only be name: S3 lists by name, in the order of the UTF-8 bytes, and a listing of any size is"
                            + " passed on as it comes; order by " + sort + " what you have received");
        });
        return new ListView(query.flag("recursive"), query.get("sort").isPresent(), query.flag("showHidden"));
    }

    /** Whether a row of one folder is shown. */
    boolean shows(ListedEntry entry) {
        if (showHidden) {
            return true;
        }
        String key = entry.key();
        if (entry instanceof ListedEntry.Folder) {
            return !ObjectNames.isHidden(lastPart(key.substring(0, key.length() - 1)));
        }
        return !ObjectNames.isHidden(lastPart(key)) && isData(key);
    }

    /**
     * Whether an object anywhere below a folder is shown as a file.
     *
     * @param prefix the folder's key
     */
    boolean shows(ObjectInfo object, String prefix) {
        String key = object.key();
        if (showHidden) {
            return object.size() > 0 || !key.endsWith("/");
        }
        return isData(key) && !ObjectNames.hasHiddenSegment(key, prefix.length());
    }

    private static boolean isData(String key) {
        return !ObjectNames.isMarker(key) && !ObjectNames.isPlaceholder(key);
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
