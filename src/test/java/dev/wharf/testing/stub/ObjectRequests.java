package dev.wharf.testing.stub;

import dev.wharf.store.Restore;
import dev.wharf.testing.faulty.Answer;
import dev.wharf.testing.faulty.Content;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Map;

/** What is asked of one object. */
final class ObjectRequests {
    /** What CopyObject takes (AWS, <i>CopyObject</i>). */
    private static final long LARGEST_COPY = 5L << 30;

    private final Vertx vertx;
    private final StubOptions options;
    private final Map<String, StubBucket> buckets;

    ObjectRequests(Vertx vertx, StubOptions options, Map<String, StubBucket> buckets) {
        this.vertx = vertx;
        this.options = options;
        this.buckets = buckets;
    }

    Future<Answer> answer(StubRequest request, StubBucket bucket) {
        return switch (request.method()) {
            case "GET", "HEAD" -> request.end().map(ended -> read(request, bucket));
            case "PUT" -> CopySource.isIn(request) ? copy(request, bucket) : put(request, bucket);
            case "DELETE" ->
                request.end().map(ended -> {
                    bucket.remove(request.key());
                    return Answer.empty(204);
                });
            case "POST" -> request.end().map(ended -> restore(request, bucket));
            default -> throw S3Error.notImplemented(request);
        };
    }

    /** AWS, <i>RestoreObject</i>. The copy is being made until {@link StubS3#restored} says that it is there. */
    private static Answer restore(StubRequest request, StubBucket bucket) {
        if (!request.has("restore")) {
            throw S3Error.notImplemented(request);
        }
        StubObject object = bucket.get(request.key());
        if (object.restore() == null && !object.isArchived()) {
            throw S3Error.archived();
        }
        if (object.restore() == null) {
            bucket.put(request.key(), object.withRestore(new Restore(null)), false);
            return Answer.empty(202);
        }
        if (object.restore().isOngoing()) {
            throw new S3Error(409, "RestoreAlreadyInProgress", "Object restore is already in progress");
        }
        return Answer.empty(200);
    }

    private static Answer read(StubRequest request, StubBucket bucket) {
        StubObject object = bucket.get(request.key());
        Conditions.requireMatch(request.header("If-Match"), object);
        String noneMatch = request.header("If-None-Match");
        if (noneMatch != null && Conditions.isOneOf(noneMatch, object)) {
            return Answer.empty(304).with("ETag", ObjectHeaders.quotedEtag(object));
        }
        if (request.method().equals("GET") && object.isArchived()) {
            throw S3Error.archived();
        }
        Answer whole = new Answer(200, ObjectHeaders.of(object), object.content());
        ByteRanges.Range range =
                ByteRanges.of(request.header("Range"), object.content().size());
        return range == null
                ? whole.with(Checksums.told(request, object))
                : new Answer(206, whole.headers(), object.content().slice(range.from(), range.to()))
                        .with("Content-Range", range.toString());
    }

    private Future<Answer> put(StubRequest request, StubBucket bucket) {
        boolean onlyNew = options.onlyNew(request);
        if (onlyNew) {
            bucket.requireNone(request.key());
        }
        return Received.from(request, options).map(received -> {
            StubObject object = StubObject.of(received.content(), received.etag(), Instant.now())
                    .withHeaders(ObjectHeaders.kept(request))
                    .withStorageClass(ObjectHeaders.storageClass(request))
                    .withCrc32c(Checksums.sent(request) == null ? null : received.crc32c());
            bucket.put(request.key(), object, onlyNew);
            return new Answer(200, ObjectHeaders.encryption(object), Content.EMPTY)
                    .with("ETag", ObjectHeaders.quotedEtag(object))
                    .with(Checksums.told(object.crc32c()));
        });
    }

    private Future<Answer> copy(StubRequest request, StubBucket bucket) {
        boolean onlyNew = options.onlyNew(request);
        return request.end()
                .compose(ended -> {
                    StubObject source = new CopySource(request, options, buckets).object();
                    if (source.content().size() > LARGEST_COPY) {
                        throw new S3Error(
                                400,
                                "InvalidRequest",
                                "The specified copy source is larger than the maximum allowable size for a copy source: "
                                        + LARGEST_COPY);
                    }
                    return etag(source.content(), source.etag()).map(etag -> copied(request, source, etag));
                })
                .map(object -> {
                    bucket.put(request.key(), object, onlyNew);
                    return new Answer(
                            200, ObjectHeaders.encryption(object), S3Xml.copyResult("CopyObjectResult", object));
                });
    }

    private static StubObject copied(StubRequest request, StubObject source, String etag) {
        boolean replaced = "REPLACE".equals(request.header("x-amz-metadata-directive"));
        var headers = ObjectHeaders.kept(request);
        if (!replaced) {
            source.headers().forEach((name, value) -> {
                if (!name.startsWith("x-amz-server-side")) {
                    headers.put(name, value);
                }
            });
        }
        return StubObject.of(source.content(), etag, Instant.now())
                .withHeaders(headers)
                .withStorageClass(ObjectHeaders.storageClass(request));
    }

    /** The MD5 of what is copied, unless nobody wants to wait for it. */
    Future<String> etag(Content content, String known) {
        boolean isMd5 = known != null && known.indexOf('-') < 0;
        if (isMd5 || !options.everyMd5()) {
            return Future.succeededFuture(isMd5 ? known : Received.NO_MD5);
        }
        return vertx.executeBlocking(() -> Digests.md5(content));
    }
}
