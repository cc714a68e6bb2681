package dev.wharf.testing;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** HEAD, GET, PUT and DELETE of an object. */
final class ObjectRequests {
    /** What comes back with an object as it was sent. */
    private static final Set<String> KEPT = Set.of(
            "content-type",
            "content-encoding",
            "content-disposition",
            "content-language",
            "cache-control",
            "expires",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id");

    private final StubOptions options;

    ObjectRequests(StubOptions options) {
        this.options = options;
    }

    /** GET and HEAD. */
    Answer read(StubRequest request, StubBucket bucket) {
        StubObject object = bucket.get(request.key());
        boolean head = request.method().equals("HEAD");
        Answer refused = refused(request, object);
        if (refused != null) {
            return refused;
        }
        if (!head && object.isArchived()) {
            throw new S3Error(403, "InvalidObjectState", "The operation is not valid for the object's storage class");
        }
        Answer whole = new Answer(200, headers(object), object.content());
        String range = request.header("Range");
        return range == null ? whole : ranged(whole, range);
    }

    private static Answer refused(StubRequest request, StubObject object) {
        String match = request.header("If-Match");
        if (match != null && !isOneOf(match, object.etag())) {
            throw new S3Error(412, "PreconditionFailed", "At least one of the pre-conditions did not hold");
        }
        String noneMatch = request.header("If-None-Match");
        return noneMatch != null && isOneOf(noneMatch, object.etag())
                ? new Answer(304, Map.of("ETag", quoted(object)), Content.EMPTY)
                : null;
    }

    private static boolean isOneOf(String etags, String etag) {
        for (String one : etags.split(",")) {
            String bare = one.strip().replace("\"", "");
            if (bare.equals("*") || bare.equals(etag)) {
                return true;
            }
        }
        return false;
    }

    private static Answer ranged(Answer whole, String range) {
        long size = whole.body().size();
        ByteRanges.Range found = ByteRanges.of(range, size);
        if (found == null) {
            return whole;
        }
        return new Answer(206, whole.headers(), whole.body().slice(found.from(), found.to()))
                .with("Content-Range", "bytes " + found.from() + "-" + (found.to() - 1) + "/" + size);
    }

    private static Map<String, String> headers(StubObject object) {
        var headers = new TreeMap<>(object.headers());
        headers.putIfAbsent("content-type", "binary/octet-stream");
        headers.put("ETag", quoted(object));
        headers.put("Accept-Ranges", "bytes");
        headers.put("Last-Modified", Times.http(object.modified()));
        if (!object.storageClass().equals("STANDARD")) {
            headers.put("x-amz-storage-class", object.storageClass());
        }
        if (object.restore() != null) {
            headers.put(
                    "x-amz-restore",
                    object.restore().isOngoing()
                            ? "ongoing-request=\"true\""
                            : "ongoing-request=\"false\", expiry-date=\""
                                    + Times.http(object.restore().until())
                                    + "\"");
        }
        return headers;
    }

    Future<Answer> put(StubRequest request, StubBucket bucket) {
        boolean exclusive = request.header("If-None-Match") != null;
        if (exclusive) {
            bucket.requireNone(request.key());
        }
        return Received.from(request, options).map(received -> {
            StubObject object = StubObject.of(received.content(), received.etag(), Instant.now())
                    .withHeaders(kept(request))
                    .withStorageClass(storageClass(request));
            if (exclusive) {
                bucket.putNew(request.key(), object);
            } else {
                bucket.put(request.key(), object);
            }
            return encrypted(object).with("ETag", quoted(object));
        });
    }

    static String storageClass(StubRequest request) {
        String named = request.header("x-amz-storage-class");
        return named == null ? "STANDARD" : named;
    }

    /** An empty answer that tells of the object's encryption. */
    static Answer encrypted(StubObject object) {
        Answer answer = new Answer(200, Map.of(), Content.EMPTY);
        object.headers().forEach((name, value) -> {
            if (name.startsWith("x-amz-server-side-encryption")) {
                answer.with(name, value);
            }
        });
        return answer;
    }

    static Map<String, String> kept(StubRequest request) {
        var kept = new TreeMap<String, String>();
        request.http().headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (KEPT.contains(lower) || lower.startsWith("x-amz-meta-")) {
                kept.put(lower, value);
            }
        });
        return kept;
    }

    static String quoted(StubObject object) {
        return "\"" + object.etag() + "\"";
    }
}
