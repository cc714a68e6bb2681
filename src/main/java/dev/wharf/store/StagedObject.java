package dev.wharf.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * An object whose bytes are all in the store and that nobody can see yet: a multipart upload that is not completed.
 *
 * @param bucket target bucket
 * @param key target key
 * @param uploadId the store's id of the upload
 * @param parts the ETags of parts 1…n, quotes included where the store sent them
 * @param size in bytes, of the whole object
 * @param md5 of the whole object, 32 hex digits, where the store has copied it; else null
 * @param crc32c of the whole object, in Base64; null where it came in several pieces, or the store has copied it
 * @param checksums the CRC-32Cs of parts 1…n, in Base64; empty where none were sent, and each that was not
 * @param mark by which the object is known for this upload's, kept in its metadata; null where an older version of this
 *     service began the upload
 */
public record StagedObject(
        String bucket,
        String key,
        String uploadId,
        List<String> parts,
        long size,
        String md5,
        String crc32c,
        List<String> checksums,
        String mark) {
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    public StagedObject {
        parts = List.copyOf(parts);
        checksums = checksums == null ? List.of() : List.copyOf(checksums);
    }

    /** One whose parts carry no checksums. */
    public StagedObject(
            String bucket, String key, String uploadId, List<String> parts, long size, String md5, String mark) {
        this(bucket, key, uploadId, parts, size, md5, null, List.of(), mark);
    }

    /** The same with one more part. */
    public StagedObject and(String etag, long bytes) {
        List<String> more = new ArrayList<>(parts);
        more.add(etag);
        return new StagedObject(bucket, key, uploadId, more, size + bytes, md5, mark);
    }

    public StagedObject withMd5(String known) {
        return new StagedObject(bucket, key, uploadId, parts, size, known, crc32c, checksums, mark);
    }

    /**
     * The checksum that a part was sent with.
     *
     * @param number from 1
     * @return null where it was sent without
     */
    public String checksum(int number) {
        String known = checksums.isEmpty() ? "" : checksums.get(number - 1);
        return known.isEmpty() ? null : known;
    }

    /**
     * In which forms a store may tell the object's checksum: that of its bytes, or that of the checksums of its parts and
     * their number (AWS, <i>Checking object integrity</i>: full object, composite). None where a part carried none.
     */
    public List<String> possibleChecksums() {
        if (crc32c == null || checksums.isEmpty() || checksums.contains("")) {
            return List.of();
        }
        var composite = new CRC32C();
        checksums.forEach(part -> composite.update(Base64.getDecoder().decode(part)));
        var bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) composite.getValue());
        return List.of(crc32c, Base64.getEncoder().encodeToString(bytes.array()) + "-" + checksums.size());
    }

    /**
     * What the object's ETag is to be (AWS, <i>Checking object integrity</i>): the MD5 of the MD5s of its parts, and their
     * number. Null where the parts' ETags are no MD5s, as under a KMS key.
     */
    public String etag() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has MD5", e);
        }
        for (String part : parts) {
            String md5 = part.replace("\"", "");
            if (!MD5.matcher(md5).matches()) {
                return null;
            }
            digest.update(HexFormat.of().parseHex(md5));
        }
        return HexFormat.of().formatHex(digest.digest()) + "-" + parts.size();
    }

    /** Whether an entry of a listing proves that the store has what was sent. */
    public boolean isListedAs(ObjectInfo entry) {
        return key.equals(entry.key()) && size == entry.size() && entry.etag().equals(etag());
    }
}
