package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Answer;
import dev.wharf.testing.faulty.Content;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;

/** What is asked of multipart uploads. */
final class UploadRequests {
    private final StubOptions options;
    private final ObjectRequests objects;
    private final Map<String, StubBucket> buckets;

    UploadRequests(StubOptions options, ObjectRequests objects, Map<String, StubBucket> buckets) {
        this.options = options;
        this.objects = objects;
        this.buckets = buckets;
    }

    static boolean isMeant(StubRequest request) {
        return request.has("uploadId") || request.has("uploads");
    }

    Future<Answer> answer(StubRequest request, StubBucket bucket) {
        if (request.has("uploads") && request.method().equals("POST")) {
            return request.end().map(ended -> begin(request, bucket));
        }
        if (!request.has("uploadId")) {
            throw S3Error.notImplemented(request);
        }
        StubUpload upload = bucket.uploads().find(request);
        if (upload == null) {
            return request.end().map(ended -> EndedUploads.answer(options, request, bucket));
        }
        return switch (request.method()) {
            case "PUT" -> CopySource.isIn(request) ? copyPart(request, upload) : putPart(request, upload);
            case "POST" -> complete(request, bucket, upload);
            case "GET" -> request.end().map(ended -> Answer.xml(200, UploadsXml.parts(request, upload)));
            case "DELETE" ->
                request.end().map(ended -> {
                    bucket.uploads().end(upload);
                    return Answer.empty(204);
                });
            default -> throw S3Error.notImplemented(request);
        };
    }

    private static Answer begin(StubRequest request, StubBucket bucket) {
        StubUpload upload = bucket.uploads().begin(request);
        return new Answer(200, ObjectHeaders.encryption(upload.begun()), UploadsXml.begun(request.bucket(), upload))
                .with(Checksums.begun(upload));
    }

    private Future<Answer> putPart(StubRequest request, StubUpload upload) {
        int number = StubUpload.partNumber(request.query("partNumber"));
        if (Checksums.sent(request) != null && upload.checksumType() == null) {
            throw new S3Error(
                    400,
                    "InvalidRequest",
                    "Checksum Type mismatch occurred, expected checksum Type: null, actual checksum Type: crc32c");
        }
        return Received.from(request, options).map(received -> {
            StubObject part = StubObject.of(received.content(), received.etag(), Instant.now())
                    .withCrc32c(upload.checksumType() == null ? null : received.crc32c());
            upload.put(number, part);
            return new Answer(200, ObjectHeaders.encryption(upload.begun()), Content.EMPTY)
                    .with("ETag", ObjectHeaders.quotedEtag(part))
                    .with(Checksums.told(part.crc32c()));
        });
    }

    private Future<Answer> copyPart(StubRequest request, StubUpload upload) {
        int number = StubUpload.partNumber(request.query("partNumber"));
        return request.end().compose(ended -> {
            var source = new CopySource(request, options, buckets);
            Content content = source.content();
            StubObject whole = source.object();
            return objects.etag(content, content == whole.content() ? whole.etag() : null)
                    .map(etag -> {
                        StubObject part = StubObject.of(content, etag, Instant.now());
                        upload.put(number, part);
                        return new Answer(
                                200,
                                ObjectHeaders.encryption(upload.begun()),
                                S3Xml.copyResult("CopyPartResult", part));
                    });
        });
    }

    private Future<Answer> complete(StubRequest request, StubBucket bucket, StubUpload upload) {
        boolean onlyNew = options.onlyNew(request);
        return Received.document(request).map(document -> {
            StubObject object = upload.joined(S3Xml.parts(document));
            bucket.complete(upload, object, onlyNew);
            return new Answer(
                    200,
                    ObjectHeaders.encryption(object),
                    UploadsXml.completed(
                            request.bucket(),
                            upload.key(),
                            options.has(StubHabit.EMPTIES_ETAGS_OF_COMPLETIONS) ? "" : object.etag()));
        });
    }
}
