package dev.wharf.store;

/** What has a place in a store, such as an import or an upload. */
public interface Placed {
    /** Opened for the caller. */
    Place place();
}
