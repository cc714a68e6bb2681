package dev.wharf.store;

import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An S3 or S3-compatible store, seen with one connection's key pair. This is the only way by which the service reads
 * or writes objects; what it promises is checked for every store by {@code ObjectStoreContract}.
 *
 * <p><b>Keys</b> are opaque UTF-8 text of 1 to 1,024 bytes, passed through unchanged: {@code //}, {@code .},
 * {@code ..}, {@code %2F}, {@code +}, blanks at the ends and control characters included.
 *
 * <p><b>Failures</b> are {@link StoreException}s that name the bucket and the key. Overload, server errors and broken
 * connections are retried before they are reported; refusals are not.
 *
 * <p><b>Memory</b> does not grow with the size of an object or of a listing.
 *
 * <p>Safe for use by many threads. A store stays usable after its connection has changed or was deleted until the
 * operations and streams under way have ended; it is obtained anew for each piece of work ({@link ObjectStores}).
 */
public interface ObjectStore {

    /**
     * The buckets that the key pair may list, in the store's order.
     *
     * @throws StoreException DENIED where the pair lacks {@code s3:ListAllMyBuckets}
     */
    List<String> buckets();

    /** In which order {@link #walk} hands out what it finds. */
    enum Order {
        /** That of the keys' UTF-8 bytes: one page after another. */
        BY_KEY,
        /**
         * The same with many parts of the bucket listed at one time, which is several times as fast, and takes the memory of
         * some pages more.
         */
        BY_KEY_IN_PARTS,
        /** None: many parts of the bucket are listed at one time, which is several times as fast. */
        ANY
    }

    /**
     * One page of a folder: its files and its sub-folders, one level deep. The folder's own placeholder, an empty object
     * whose key is the prefix, is not an entry of it. A page may be empty and still not be the last.
     *
     * @param prefix the folder, empty for the bucket's root, else ending in a slash; {@code a/} and {@code a} differ.
     *     A prefix that does not end in a slash selects those entries of its folder whose names begin like this
     * @param limit rows on the page, 1 to 1,000
     * @param token the previous page's {@link FolderPage#nextToken}, null for the first
     * @throws StoreException NO_SUCH_BUCKET, DENIED; BROKEN where the store hands the same token out twice
     */
    FolderPage folder(String bucket, String prefix, int limit, String token);

    /**
     * All objects whose keys begin with a prefix, at any depth, page by page as the stream is read, each exactly once.
     * Placeholders (keys that end in a slash) are included. Close the stream: that ends what is under way, and reading on
     * fails. Only so many pages are fetched ahead of what is read that memory stays flat, and none before a second object
     * is asked for. Objects that others write or delete meanwhile may be missing; all others come.
     *
     * @throws StoreException as {@link #folder}, here or while the stream is read; BROKEN also where a store turns out not
     *     to list in the order of keys while a walk in parts depends on it: the next one then does not
     */
    Stream<ObjectInfo> walk(String bucket, String prefix, Order order);

    /** The same {@link Order#BY_KEY}. */
    default Stream<ObjectInfo> walk(String bucket, String prefix) {
        return walk(bucket, prefix, Order.BY_KEY);
    }

    /**
     * The same {@link Order#BY_KEY}, but only the keys that sort after a given one: a walk that was broken off goes on.
     *
     * @param after a key, whether it exists or not
     * @throws StoreException as {@link #walk}; BROKEN also where the store cannot begin after a key
     */
    Stream<ObjectInfo> walkAfter(String bucket, String prefix, String after);

    /**
     * What the store says of an object, without reading it.
     *
     * @throws StoreException NOT_FOUND; DENIED (also for a missing object where {@code s3:ListBucket} is not granted)
     */
    ObjectInfo stat(String bucket, String key);

    /**
     * Opens an object. A connection that breaks is resumed where it stopped with a range and {@code If-Match}; the
     * stream ends only after exactly {@link ObjectInfo#size} bytes, or fails. Of a large object further ranges are
     * fetched meanwhile where that makes reading faster and memory is free. Close it, in any thread: closing early
     * abandons the rest without reading it, and a read that is under way fails.
     *
     * @param etag the version to read, or null for the present one; pass what was listed to be sure that nothing changed
     * @throws StoreException NOT_FOUND, ARCHIVED, DENIED; CHANGED where the object is no longer that version
     */
    ObjectStream read(String bucket, String key, String etag);

    /**
     * The same for a part of the object. The stream ends after the bytes of the range that the object has.
     *
     * @throws StoreException as {@link #read(String, String, String)}; OUT_OF_RANGE where the object ends before the range
     */
    ObjectStream read(String bucket, String key, String etag, ByteRange range);

    /**
     * Stores a new object, whole or not at all: nothing that exists is ever overwritten, a failure leaves nothing
     * visible and no incomplete upload. A store that does not apply the connection's server-side encryption is refused
     * before anything is visible. The encryption, the length and the checksum, or where the store keeps none the ETag if
     * that is an MD5, are checked afterwards; an object that fails this check is reported as BROKEN (REFUSED where it
     * lacks the encryption) and left where it is, since it may be another's by then.
     *
     * <p>The largest object is 5 TiB, and not more than about 9,000 times the memory for parts
     * where the length is known. Where it is not, parts grow after 8 GiB, which stores that
     * want equal parts (Cloudflare R2) refuse.
     *
     * @param length the number of bytes that {@code in} holds, if known; another number is an error
     * @param contentType a media type, or null
     * @throws ProblemException VALIDATION_FAILED where the length is not as announced, TOO_LARGE
     * @throws StoreException EXISTS, DENIED, NO_SUCH_BUCKET, BAD_ENCRYPTION_KEY; REFUSED also where the encryption is
     *     not applied; UNAVAILABLE also where other uploads use up the memory for parts
     * @throws IOException if {@code in} fails, unchanged
     */
    ObjectInfo write(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException;

    /**
     * Copies an object, under {@link #write}'s promises and with its content type. The store copies it itself where its
     * answers prove, before anything is visible, that it has copied this version; else, as where the ETag is no MD5, the
     * bytes pass through the service.
     *
     * @param sourceEtag the version to copy
     * @throws StoreException CHANGED where the source is no longer that version; else as {@link #write}
     */
    ObjectInfo copy(String sourceBucket, String sourceKey, String sourceEtag, String bucket, String key);

    /** The first half of {@link #write}: all bytes arrive, nothing is visible. Ended by {@link #commit} or {@link #abort}. */
    StagedObject stage(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException;

    /**
     * The first half of {@link #copy}, without another look at the source.
     *
     * @param source the version to copy
     */
    StagedObject stageCopy(CopySource source, String bucket, String key);

    /**
     * Begins an object whose bytes come in several pieces, with none of them yet: it is filled by {@link #append} and ended by
     * {@link #commit} or {@link #abort}, by whatever process knows what is returned.
     *
     * @throws StoreException as {@link #stage}
     */
    StagedObject begin(String bucket, String key, String contentType);

    /**
     * Sends what comes behind the bytes that are there already. When {@code in} breaks off or the store fails, what has
     * arrived stays: whole parts, and the last one once the object is as long as it is to be. A smaller rest is not kept, unless it
     * is all that {@code in} has before its end, and stores take it as a part: 5 MiB or more.
     *
     * @param begun by {@link #begin}, with what has been kept since
     * @param length of the whole object, the same each time; known, it makes all parts equal but the last
     * @param kept is told of the object with each further part, in their order; if it fails nothing more is sent
     * @return the object with all that was kept, not as long as {@code length} where {@code in} ended before
     * @throws ProblemException VALIDATION_FAILED if there is more than {@code length}, TOO_LARGE
     * @throws StoreException as {@link #stage}; NO_SUCH_UPLOAD where the store says that it has ended
     * @throws IOException if {@code in} fails, unchanged
     */
    StagedObject append(StagedObject begun, InputStream in, long length, Consumer<StagedObject> kept)
            throws IOException;

    /**
     * Makes a staged object visible, never over another one. Repeating it is harmless: an object that this very upload
     * has already become is known by its mark and a success, also where the first answer was lost and whatever the store
     * says of the upload.
     *
     * @throws StoreException EXISTS where another object has the key; NO_SUCH_UPLOAD where the upload is gone and no
     *     object of its making is there
     */
    ObjectInfo commit(StagedObject staged);

    /**
     * The same for one of many: it is left to the caller to see by one listing that the store has them
     * ({@link StagedObject#isListedAs}), and to {@link #commit} those that it does not see.
     *
     * @throws StoreException as {@link #commit}
     */
    default void complete(StagedObject staged) {
        commit(staged);
    }

    /**
     * The object that a staged one has become, known as {@link #commit} knows it: its answer may have been lost. Empty where
     * it is not visible, or may not be looked at.
     */
    Optional<ObjectInfo> committed(StagedObject staged);

    /** Throws a staged object away, with its stored parts. Repeating it is harmless. */
    void abort(StagedObject staged);

    /**
     * Tries whether an object may be written, by one that is begun and aborted: it needs {@code s3:PutObject} on the very key
     * and leaves nothing. Should the abort fail, the upload is known.
     *
     * @throws StoreException as {@link #begin}
     */
    default void tryToWrite(String bucket, String key) {
        abort(begin(bucket, key, null));
    }

    /**
     * Aborts every incomplete upload of exactly this key, whoever began it: the way to mend after a crash that lost
     * an upload's id. Only for keys that belong to one piece of work.
     */
    void abortAll(String bucket, String key);

    /**
     * Hands out the incomplete uploads below a prefix, whoever began them, page by page, until it is told that it is enough.
     *
     * @param each whether to go on
     * @return whether those were all
     * @throws StoreException NO_SUCH_BUCKET; DENIED where the pair lacks {@code s3:ListBucketMultipartUploads}
     */
    boolean uploads(String bucket, String prefix, Predicate<IncompleteUpload> each);

    /**
     * Passes on a request that moves no bytes. Nothing but what a test of a connection has put is deleted by one.
     *
     * @throws StoreException as the store answers; DENIED where this store was not opened for such requests
     */
    <T> T control(Control<T> control);
}
