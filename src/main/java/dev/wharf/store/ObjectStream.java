package dev.wharf.store;

import java.io.InputStream;

/** The bytes of an object, with what the store said of it when it was opened. */
public abstract class ObjectStream extends InputStream {
    /** Size, ETag and storage class of the version that is being read. */
    public abstract ObjectInfo object();
}
