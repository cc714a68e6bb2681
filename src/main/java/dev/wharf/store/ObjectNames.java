package dev.wharf.store;

/**
 * What the name of an object tells about it ({@code seed.txt}, <i>Reading from sources in S3</i>; {@code domain.md}
 * §5.3). Browsing hides by default exactly what the import of a folder ignores.
 */
public final class ObjectNames {
    private ObjectNames() {}

    /** Why an object in a folder holds no data. */
    public enum NoData {
        /** How a running environment left word of how it went. */
        MARKER,
        /** It, or a folder that it is in, begins with a dot or an underscore. */
        HIDDEN,
        /** It only stands for a folder. */
        PLACEHOLDER
    }

    /** Whether a file or folder of this name is hidden: it begins with a dot or an underscore. */
    public static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /**
     * Whether a running environment left this file to say how it went. The suffix is all: {@code part_SUCCESS} is a
     * marker, {@code x_SUCCESS.csv} is data.
     */
    public static boolean isMarker(String key) {
        return key.endsWith("_SUCCESS") || key.endsWith("_FAILED");
    }

    /** Whether the object only stands for a folder, as consoles and Hadoop make them. */
    public static boolean isPlaceholder(String key) {
        return key.endsWith("/") || key.endsWith("_$folder$");
    }

    /** Whether any part of a path is hidden, such as {@code _temporary} in {@code _temporary/0/part.csv}. */
    public static boolean hasHiddenSegment(String path) {
        return hasHiddenSegment(path, 0);
    }

    /** The same of what follows a folder in a key, from this character on. */
    public static boolean hasHiddenSegment(String key, int start) {
        return key.startsWith(".", start)
                || key.startsWith("_", start)
                || key.indexOf("/.", start) >= 0
                || key.indexOf("/_", start) >= 0;
    }

    /** Whether an object in a folder, or in one of its sub-folders, is data. */
    public static boolean isData(String folder, String key) {
        return noData(folder, key) == null;
    }

    /** Why an object in a folder, or in one of its sub-folders, is no data; null where it is. */
    public static NoData noData(String folder, String key) {
        if (isPlaceholder(key)) {
            return NoData.PLACEHOLDER;
        }
        if (isMarker(key.substring(folder.length()))) {
            return NoData.MARKER;
        }
        return hasHiddenSegment(key, folder.length()) ? NoData.HIDDEN : null;
    }
}
