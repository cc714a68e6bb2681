package dev.wharf.testing.stub;

/** Walks along the keys of a listing. What it shows is good until its next step. */
interface KeyCursor {
    boolean isAtEnd();

    /** An array that begins with the key. */
    byte[] key();

    int length();

    StubObject object();

    void next();

    /** Goes behind all keys that begin like the present one. */
    void skip(int length);

    /** By what a later page finds the present key again. */
    byte[] position();

    /** What a listing says of the object behind its key. */
    default void describe(XmlBytes xml, boolean withRestore) {
        ListingXml.describe(xml, object(), withRestore);
    }
}
