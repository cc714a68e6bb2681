package dev.wharf.storage;

import dev.wharf.identity.people.StorageFolders;
import dev.wharf.store.KeyPattern;

/**
 * The part of base storage that only uploads may write ({@code seed.txt}: <i>Avoid using /trifacta/uploads for reading
 * and writing data</i>).
 */
public final class UploadsFolder {
    /** The prefix of all keys in it. */
    public static final String PREFIX = StorageFolders.UPLOADS.substring(1) + "/";

    private UploadsFolder() {}

    /** Whether a file that matches may lie in the uploads. */
    public static boolean touches(KeyPattern pattern) {
        return pattern.look(PREFIX) != null;
    }

    /** Whether a file or folder of this key is, lies in, or contains the uploads. */
    public static boolean touches(String key) {
        return key.startsWith(PREFIX) || PREFIX.equals(key + "/") || key.endsWith("/") && PREFIX.startsWith(key);
    }
}
