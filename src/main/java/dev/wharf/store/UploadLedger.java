package dev.wharf.store;

import java.util.List;

/**
 * Remembers every multipart upload between its begin and its end, so that one which a crash left behind is found and
 * aborted. Written before the store is asked to begin, hence the upload id that may still be missing.
 */
public interface UploadLedger {
    /** An upload that has not ended. {@code uploadId} is null where a crash came before the store's
     * answer, or that was lost. */
    record Entry(long id, Long connectionId, String bucket, String key, String uploadId) {}

    /** Called before CreateMultipartUpload; durable when it returns. */
    long begin(Long connectionId, String bucket, String key);

    /** Durable soon: until then the upload is one whose answer was lost. */
    void begun(long entry, String uploadId);

    /** Completed or aborted: forgotten, soon. */
    void ended(String bucket, String key, String uploadId);

    /** The same, for an entry whose upload the store never began. */
    void ended(long entry);

    /** Uploads of processes that no longer run and that no live job will take over, oldest first. */
    List<Entry> orphans();
}
