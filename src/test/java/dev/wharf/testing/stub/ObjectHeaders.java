package dev.wharf.testing.stub;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an object is told with, beside its bytes. */
final class ObjectHeaders {
    private static final String ENCRYPTION = "x-amz-server-side-encryption";

    /** What comes back with an object as it was sent. */
    private static final Set<String> KEPT = Set.of(
            "content-type",
            "content-disposition",
            "content-encoding",
            "content-language",
            "cache-control",
            "expires",
            ENCRYPTION,
            ENCRYPTION + "-aws-kms-key-id");

    private ObjectHeaders() {}

    /** Of a request that stores an object, what is kept with it. */
    static Map<String, String> kept(StubRequest request) {
        var kept = new TreeMap<String, String>();
        request.http().headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (KEPT.contains(lower) || lower.startsWith("x-amz-meta-")) {
                kept.put(lower, value);
            }
        });
        kept.computeIfPresent("content-encoding", (name, value) -> AwsChunked.without(value));
        return kept;
    }

    /**
     * What the store makes of the encryption that a request asks for.
     *
     * @throws S3Error NotImplemented
     */
    static void takeEncryption(StubRequest request, StubOptions options) {
        String asked = request.header(ENCRYPTION);
        if (asked != null && options.has(StubHabit.REFUSES_ENCRYPTION)) {
            throw new S3Error(501, "NotImplemented", "Server-side encryption is not supported.");
        }
        if ("AES256".equals(asked) && options.has(StubHabit.IGNORES_AES256)) {
            request.http().headers().remove(ENCRYPTION);
        }
    }

    static String storageClass(StubRequest request) {
        String named = request.header("x-amz-storage-class");
        return named == null ? "STANDARD" : named;
    }

    /** What GET and HEAD tell. */
    static Map<String, String> of(StubObject object) {
        var headers = new TreeMap<>(object.headers());
        headers.putIfAbsent("content-type", "binary/octet-stream");
        headers.put("ETag", quotedEtag(object));
        headers.put("Accept-Ranges", "bytes");
        headers.put("Last-Modified", Times.http(object.written()));
        if (!object.storageClass().equals("STANDARD")) {
            headers.put("x-amz-storage-class", object.storageClass());
        }
        if (object.restore() != null) {
            headers.put(
                    "x-amz-restore",
                    object.restore().isOngoing()
                            ? "ongoing-request=\"true\""
                            : "ongoing-request=\"false\", expiry-date=\""
                                    + Times.http(object.restore().until()) + "\"");
        }
        return headers;
    }

    /** What the answers to requests that write tell of an object. */
    static Map<String, String> encryption(StubObject object) {
        var encryption = new TreeMap<>(object.headers());
        encryption.keySet().removeIf(name -> !name.startsWith(ENCRYPTION));
        return encryption;
    }

    static String quotedEtag(StubObject object) {
        return "\"" + object.etag() + "\"";
    }
}
