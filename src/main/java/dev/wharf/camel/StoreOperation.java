package dev.wharf.camel;

/** What {@code store:} does. */
public enum StoreOperation {
    /** Lists the objects that match the place's pattern, else all whose keys begin with its key; ends with its exchange. */
    walk,
    /** Looks at the place's object without reading it. */
    stat,
    /** Opens the place's object; it is closed with its exchange. */
    read,
    /** Stores the body as the place's object, whole or not at all, never over another one. */
    write,
    /** Copies another object of the same store to the place. */
    copy,
    /** The first half of write and copy: all bytes arrive, nothing is visible. */
    stage,
    /** Makes what was staged visible, never over another object. */
    commit,
    /** Throws away what was staged. */
    abort,
    /** Throws away every incomplete upload of the place's key, whoever began it. */
    abortAll,
    /** Tries what a connection will need. */
    probe
}
