package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The multipart uploads of a bucket that were begun and neither completed nor aborted. */
final class Uploads {
    private static final Comparator<StubUpload> ORDER =
            Comparator.comparing(StubUpload::key, StubBucket.BY_BYTES).thenComparing(StubUpload::id);

    private final Map<String, StubUpload> uploads = new ConcurrentHashMap<>();
    private final Map<String, StubUpload> completed = new ConcurrentHashMap<>();
    private long begun;

    /** Ids grow, so that a key's uploads are listed in the order in which they were begun. */
    synchronized StubUpload begin(StubRequest request) {
        String id = String.format("%012d-%s", ++begun, UUID.randomUUID());
        StubObject object = StubObject.of(Content.EMPTY, "", Instant.now())
                .withHeaders(ObjectHeaders.kept(request))
                .withStorageClass(ObjectHeaders.storageClass(request));
        StubUpload upload = new StubUpload(request.key(), id, object, Checksums.type(request));
        uploads.put(id, upload);
        return upload;
    }

    /** The upload, or null. */
    StubUpload find(StubRequest request) {
        return find(uploads, request);
    }

    /** One that has become an object, or null. */
    StubUpload completed(StubRequest request) {
        return find(completed, request);
    }

    private static StubUpload find(Map<String, StubUpload> uploads, StubRequest request) {
        StubUpload upload = uploads.get(request.query("uploadId"));
        return upload != null && upload.key().equals(request.key()) ? upload : null;
    }

    /**
     * @throws S3Error as {@link #end}
     */
    void complete(StubUpload upload) {
        end(upload);
        completed.put(upload.id(), upload);
    }

    /**
     * @throws S3Error NoSuchUpload, where another request was quicker
     */
    void end(StubUpload upload) {
        if (!uploads.remove(upload.id(), upload)) {
            throw noSuchUpload();
        }
    }

    static S3Error noSuchUpload() {
        return new S3Error(
                404,
                "NoSuchUpload",
                "The specified upload does not exist. It may have been aborted or completed before");
    }

    List<StubUpload> all() {
        return uploads.values().stream().sorted(ORDER).toList();
    }
}
