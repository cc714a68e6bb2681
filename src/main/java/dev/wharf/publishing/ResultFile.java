package dev.wharf.publishing;

import dev.wharf.store.S3Uri;
import dev.wharf.store.StagedObject;

/**
 * One file of a publication and how far it is.
 *
 * @param source where its bytes come from
 * @param staged the object that waits to become visible; only in {@link State#STAGED}
 * @param size in bytes; null before it is staged
 * @param md5 32 hex digits, of what was copied or sent by a client; else null
 * @param crc32c in Base64, of what passed through the service; else null
 * @param etag the store's; null before it is published
 * @param listed whether the store has shown it in a listing
 * @param profile whether it is of the profile, beside the results
 */
public record ResultFile(
        long id,
        String source,
        S3Uri target,
        State state,
        StagedObject staged,
        Long size,
        String md5,
        String crc32c,
        String etag,
        boolean listed,
        boolean profile) {

    public enum State {
        PENDING,
        STAGED,
        PUBLISHED
    }

    boolean is(State wanted) {
        return state == wanted;
    }

    /** The job's folder that it goes to, with its trailing slash. */
    S3Uri folder() {
        return Placement.folder(target, profile);
    }
}
