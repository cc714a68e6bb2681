package dev.wharf.store;

/**
 * What is to be copied inside one store: one version of an object.
 *
 * @param size in bytes; negative where the store did not tell
 * @param etag without quotes; may be empty
 * @param md5 of its bytes in 32 hex digits, where the store tells; else null
 * @param contentType a media type, or null
 */
public record CopySource(String bucket, String key, long size, String etag, String md5, String contentType)
        implements Stageable {

    /** @param looked what {@link ObjectStore#stat} told of it */
    public static CopySource of(String bucket, ObjectInfo looked) {
        return new CopySource(bucket, looked.key(), looked.size(), looked.etag(), looked.md5(), looked.contentType());
    }
}
