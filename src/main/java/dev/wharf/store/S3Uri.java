package dev.wharf.store;

import dev.wharf.kernel.problem.ProblemException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The address of a bucket, a folder or an object: {@code s3://bucket/key?connectionId=136}. Without the suffix it is in
 * base storage ({@code seed.txt}, <i>Java VFS Service</i>; grammar in {@code domain.md} §1.7).
 *
 * <p>Keys are opaque: only the <em>last</em> {@code ?connectionId=<digits>} is the marker, everything else round-trips
 * unchanged, {@code ?}, {@code #}, {@code //} and {@code ..} included. A key in base storage that itself ends like a
 * marker is followed by an empty one, {@code ?connectionId=}.
 *
 * @param bucket the bucket's name; empty where the address is a whole connection ({@code s3://?connectionId=136})
 * @param key the key or prefix, without the slash that follows the bucket; empty at the bucket's root
 * @param connectionId the connection, or null for base storage
 */
public record S3Uri(String bucket, String key, Long connectionId) {
    /** S3's limit on a key, in UTF-8 bytes (AWS, <i>Naming Amazon S3 objects</i>). */
    public static final int MAX_KEY_BYTES = 1024;

    private static final String SCHEME = "s3://";
    private static final Pattern MARKER = Pattern.compile("\\?connectionId=(\\d{0,18})\\z");
    private static final Pattern LIKE_A_MARKER = Pattern.compile("\\?connectionId=", Pattern.CASE_INSENSITIVE);
    // AWS "General purpose bucket naming rules", loosened to what older buckets and S3-compatible stores hold.
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");

    public S3Uri {
        Objects.requireNonNull(bucket);
        Objects.requireNonNull(key);
        if (!bucket.isEmpty() && !isBucket(bucket)) {
            throw ProblemException.invalid(
                    "uri",
                    "names the bucket \"" + bucket + "\": a bucket has 3 to 63 letters, digits, dots or hyphens");
        }
        if (bucket.isEmpty() && !key.isEmpty()) {
            throw ProblemException.invalid("uri", "has no bucket: expected s3://<bucket>/<path>");
        }
        if (key.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw ProblemException.invalid("uri", "has a path longer than " + MAX_KEY_BYTES + " bytes, S3's limit");
        }
    }

    /**
     * Reads an address as written above.
     *
     * @throws ProblemException 400 if it is not one
     */
    public static S3Uri parse(String text) {
        if (text == null || !text.startsWith(SCHEME)) {
            throw ProblemException.invalid(
                    "uri", "must be s3://<bucket>/<path>?connectionId=<id>, and is \"" + text + "\"");
        }
        String rest = text.substring(SCHEME.length());
        Long connectionId = null;
        var marker = MARKER.matcher(rest);
        if (marker.find()) {
            connectionId = marker.group(1).isEmpty() ? null : Long.valueOf(marker.group(1));
            rest = rest.substring(0, marker.start());
        } else if (LIKE_A_MARKER.matcher(rest).find()) {
            // Taken for a part of the key, a mistyped id would lead into base storage.
            throw ProblemException.invalid(
                    "uri",
                    "must end in ?connectionId=<number>, and is \"" + text
                            + "\"; a key that holds this text itself is followed by its connection, or by an empty"
                            + " ?connectionId= in base storage");
        }
        int slash = rest.indexOf('/');
        return slash < 0
                ? new S3Uri(rest, "", connectionId)
                : new S3Uri(rest.substring(0, slash), rest.substring(slash + 1), connectionId);
    }

    /**
     * The same from a field of another name.
     *
     * @throws ProblemException 400 naming the field
     */
    public static S3Uri parse(String field, String text) {
        try {
            return parse(text);
        } catch (ProblemException e) {
            throw new ProblemException(e.problem(), e.detail().replaceFirst("^uri ", field + " "));
        }
    }

    /** Whether this can be a bucket's name. */
    public static boolean isBucket(String name) {
        return BUCKET.matcher(name).matches();
    }

    /**
     * The same place on a connection that was named in a field of its own, {@code connectionId}.
     *
     * @param beside null where the field is missing
     * @throws ProblemException 400 if the address names another one
     */
    public S3Uri onConnection(Long beside) {
        if (beside == null) {
            return this;
        }
        if (connectionId != null && !connectionId.equals(beside)) {
            throw ProblemException.invalid(
                    "connectionId", "is " + beside + ", and the uri says " + connectionId + ": send one of them");
        }
        return new S3Uri(bucket, key, beside);
    }

    /** The same place with another key. */
    public S3Uri withKey(String newKey) {
        return new S3Uri(bucket, newKey, connectionId);
    }

    /** Whether the address names a folder by its form: the root of a bucket, or a key that ends in a slash. */
    public boolean isFolder() {
        return key.isEmpty() || key.endsWith("/");
    }

    /** The folder of this name: the same place with a slash at its end. */
    public S3Uri asFolder() {
        return isFolder() ? this : withKey(key + "/");
    }

    /** The last segment of the key, without a trailing slash: the name that a person sees. */
    public String name() {
        int end = key.endsWith("/") ? key.length() - 1 : key.length();
        return key.substring(key.lastIndexOf('/', end - 1) + 1, end);
    }

    /** {@code s3://bucket/key}, for messages: without the connection. */
    public String location() {
        return SCHEME + bucket + "/" + key;
    }

    /** What follows the key in the address: the connection, or an empty marker where the key itself looks like one. */
    public String suffix() {
        if (connectionId != null) {
            return "?connectionId=" + connectionId;
        }
        return LIKE_A_MARKER.matcher(key).find() ? "?connectionId=" : "";
    }

    @Override
    public String toString() {
        return location() + suffix();
    }
}
