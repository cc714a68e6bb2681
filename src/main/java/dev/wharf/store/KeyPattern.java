package dev.wharf.store;

/**
 * Which keys of a bucket a walk is to find, and where such can lie. A walk asks folder by folder, so that it lists no
 * folder in which nothing can match.
 */
public interface KeyPattern {
    /** Whether an object of this key is wanted. A key that ends in a slash stands for a folder, and never is. */
    boolean matches(String key);

    /**
     * Where keys that match are to be looked for in a folder.
     *
     * @param folder empty for the bucket's root, else ending in a slash
     * @return null where no key that matches can lie
     */
    Look look(String folder);

    /** The longest text that all keys begin with which match; empty where there is none. */
    default String prefix() {
        Look root = look("");
        return root == null ? "" : root.prefix();
    }

    /**
     * A part of a folder.
     *
     * @param prefix what all keys there have in common that match; begins with the folder, and may lead on into others
     * @param deep whether everything below is to be listed at once, rather than one level
     */
    record Look(String prefix, boolean deep) {}
}
