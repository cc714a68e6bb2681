package dev.wharf.browse.pattern;

/** What names are searched for. For one search and one thread. */
public interface NamePattern {

    /**
     * Whether a part of a key matches.
     *
     * @param start of its first character
     * @param end behind its last one
     */
    boolean matches(String key, int start, int end);

    /** Whether it is about paths below a folder, instead of names alone. */
    boolean ofPaths();
}
