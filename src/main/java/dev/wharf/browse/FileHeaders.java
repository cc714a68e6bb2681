package dev.wharf.browse;

import dev.wharf.kernel.api.HttpDate;
import dev.wharf.store.ByteRange;
import dev.wharf.store.ObjectInfo;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The headers of a file that is sent. What its name or its store says never reaches them as it is. */
final class FileHeaders {
    /** Data that a browser does nothing with but save it; all else is bytes, whatever the store calls it. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("csv", "text/csv"),
            Map.entry("tsv", "text/tab-separated-values"),
            Map.entry("txt", "text/plain"),
            Map.entry("json", "application/json"),
            Map.entry("jsonl", "application/x-ndjson"),
            Map.entry("ndjson", "application/x-ndjson"),
            Map.entry("parquet", "application/vnd.apache.parquet"),
            Map.entry("avro", "application/vnd.apache.avro"),
            Map.entry("gz", "application/gzip"),
            Map.entry("zip", "application/zip"));

    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";

    private FileHeaders() {}

    /** Of an answer that says only that nothing has changed. */
    static Map<String, String> unchanged(ObjectInfo object) {
        var headers = new LinkedHashMap<String, String>();
        putVersion(headers, object);
        return headers;
    }

    /**
     * Of an answer that carries the file.
     *
     * @param name the file's, any text
     * @param part that is sent; null for all of it
     */
    static Map<String, String> of(String name, ObjectInfo object, ByteRange part) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-length", String.valueOf(part == null ? object.size() : part.length()));
        if (part != null) {
            headers.put(
                    "content-range",
                    "bytes " + part.offset() + "-" + (part.offset() + part.length() - 1) + "/" + object.size());
        }
        headers.put("content-type", contentType(name));
        headers.put("content-disposition", disposition(name));
        headers.put("accept-ranges", "bytes");
        putVersion(headers, object);
        return headers;
    }

    /**
     * Of an answer that carries a ZIP, made for it.
     *
     * @param name the file's, any text
     */
    static Map<String, String> ofZip(String name, long length) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-length", String.valueOf(length));
        headers.put("content-type", contentType(name));
        headers.put("content-disposition", disposition(name));
        return headers;
    }

    private static void putVersion(Map<String, String> headers, ObjectInfo object) {
        if (object.etag().chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"')
                && !object.etag().isEmpty()) {
            headers.put("etag", '"' + object.etag() + '"');
        }
        if (object.lastModified() != null) {
            headers.put("last-modified", HttpDate.of(object.lastModified()));
        }
    }

    private static String contentType(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    /** Twice: for clients of today, and a likeness for those that do not know RFC 8187. */
    private static String disposition(String name) {
        var likeness = new StringBuilder();
        name.codePoints().forEach(c -> likeness.append(PLAIN.indexOf(c) < 0 ? '_' : (char) c));
        var exact = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            exact.append(PLAIN.indexOf(b) < 0 ? String.format("%%%02X", b) : String.valueOf((char) b));
        }
        return "attachment; filename=\"" + likeness + "\"; filename*=UTF-8''" + exact;
    }
}
