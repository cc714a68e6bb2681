package dev.wharf.testing;

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
    private long begun;

    /** Ids grow, so that a key's uploads are listed in the order in which they were begun. */
    synchronized StubUpload begin(StubRequest request) {
        String id = String.format("%012d-%s", ++begun, UUID.randomUUID());
        StubObject object = StubObject.of(Content.EMPTY, "", Instant.now())
                .withHeaders(ObjectHeaders.kept(request))
                .withStorageClass(ObjectHeaders.storageClass(request));
        StubUpload upload = new StubUpload(request.key(), id, object);
        uploads.put(id, upload);
        return upload;
    }

    /**
     * @throws S3Error NoSuchUpload
     */
    StubUpload get(StubRequest request) {
        StubUpload upload = uploads.get(request.query("uploadId"));
        if (upload == null || !upload.key().equals(request.key())) {
            throw noSuchUpload();
        }
        return upload;
    }

    /**
     * @throws S3Error NoSuchUpload, where another request was quicker
     */
    void end(StubUpload upload) {
        if (!uploads.remove(upload.id(), upload)) {
            throw noSuchUpload();
        }
    }

    private static S3Error noSuchUpload() {
        return new S3Error(
                404,
                "NoSuchUpload",
                "The specified upload does not exist. It may have been aborted or completed before");
    }

    List<StubUpload> all() {
        return uploads.values().stream().sorted(ORDER).toList();
    }
}
