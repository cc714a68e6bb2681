package dev.wharf.polling.events;

/**
 * What a store says has happened to an object. Events come twice, late and out of order, so one says no more than where to
 * look: what is there when somebody does is what counts, and neither its sequencer nor its ETag is kept.
 *
 * @param key as it is in the store
 */
public record ObjectEvent(Kind kind, String bucket, String key) {
    public enum Kind {
        /** There is an object, or a new one: put, copied, or put together of parts. */
        CREATED,
        /** A copy of an archived object can be read. */
        RESTORED,
        /** There is none any more, or another version than before. */
        REMOVED,
        /** Anything else, such as new tags: nothing that can be read has changed. */
        OTHER
    }

    /** Whether there may be something to read that was not there before. */
    public boolean mayBringContent() {
        return kind == Kind.CREATED || kind == Kind.RESTORED;
    }
}
