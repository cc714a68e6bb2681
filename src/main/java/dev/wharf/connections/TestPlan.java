package dev.wharf.connections;

import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ProbeRequest;
import dev.wharf.store.ProbeRequest.Purpose;
import dev.wharf.store.S3Uri;
import java.nio.charset.StandardCharsets;

/**
 * What a caller wants to know of a connection.
 *
 * @param request where it is tried, whether something may be written there, and for what
 */
record TestPlan(ProbeRequest request) {
    /** Room for the name of the object that is written. */
    private static final int LONGEST_PREFIX = S3Uri.MAX_KEY_BYTES - 64;

    /**
     * Reads {@code bucket} or {@code path}, {@code write} and {@code purpose}.
     *
     * @param connectionId null for one that is not registered
     * @param defaultBucket the connection's, or null
     * @throws ProblemException 400 naming the parameter
     */
    static TestPlan of(Query query, Long connectionId, String defaultBucket) {
        S3Uri place = query.get("path").map(text -> path(text, connectionId)).orElse(null);
        String bucket =
                query.get("bucket").map(TestPlan::bucket).orElse(place == null ? defaultBucket : place.bucket());
        if (place != null && !place.bucket().equals(bucket)) {
            throw ProblemException.invalid(
                    "bucket", "is " + bucket + ", and path says " + place.bucket() + ": send one");
        }
        boolean write = query.flag("write");
        Purpose purpose = purpose(query.get("purpose").orElse(write ? "write" : "read"));
        return new TestPlan(new ProbeRequest(bucket, place == null ? "" : place.key(), write, purpose));
    }

    private static String bucket(String name) {
        if (!S3Uri.isBucket(name)) {
            throw ProblemException.invalid(
                    "bucket", "must be a bucket's name alone: 3 to 63 letters, digits, dots or hyphens");
        }
        return name;
    }

    private static S3Uri path(String text, Long connectionId) {
        S3Uri uri = S3Uri.parse("path", text).asFolder();
        if (uri.bucket().isEmpty()) {
            throw ProblemException.invalid("path", "must name a bucket: s3://<bucket>/<folder>/");
        }
        if (uri.connectionId() != null && !uri.connectionId().equals(connectionId)) {
            throw ProblemException.invalid(
                    "path", "names connection " + uri.connectionId() + ", which is not the one to test");
        }
        if (uri.key().getBytes(StandardCharsets.UTF_8).length > LONGEST_PREFIX) {
            throw ProblemException.invalid(
                    "path", "must leave room for a file name: at most " + LONGEST_PREFIX + " bytes");
        }
        return uri;
    }

    private static Purpose purpose(String name) {
        return switch (name) {
            case "read" -> Purpose.READ;
            case "write" -> Purpose.WRITE;
            case "browseAll" -> Purpose.BROWSE_ALL;
            default -> throw ProblemException.invalid("purpose", "must be read, write or browseAll");
        };
    }
}
