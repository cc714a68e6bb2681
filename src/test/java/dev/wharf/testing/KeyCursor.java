package dev.wharf.testing;

/** Walks along sorted keys. What it shows is good until its next step. */
interface KeyCursor {
    /** Goes to the first key that is not less than these bytes. */
    void seek(byte[] bytes);

    boolean isAtEnd();

    byte[] key();

    int length();

    /** Whether the key only hides the same key of another cursor. */
    boolean isHole();

    void next();

    /** What a listing says of the object behind its key. */
    void describe(XmlBytes xml, boolean withRestore);
}
