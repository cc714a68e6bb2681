package dev.wharf.store;

/** One row of a folder page: an object, or a folder (a common prefix, which ends in a slash). */
public sealed interface ListedEntry {
    /** The key of the object, or the prefix that is the folder, with its trailing slash. */
    String key();

    record File(ObjectInfo object) implements ListedEntry {
        @Override
        public String key() {
            return object.key();
        }
    }

    record Folder(String key) implements ListedEntry {}
}
