package dev.wharf.testing.stub;

import dev.wharf.s3.wire.Crc32c;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** CRC-32Cs as S3 takes and tells them (AWS, <i>Checking object integrity</i>). */
final class Checksums {
    private static final String PREFIX = "x-amz-checksum-";
    private static final String HEADER = PREFIX + "crc32c";
    private static final String ALGORITHM = PREFIX + "algorithm";
    private static final String TYPE = PREFIX + "type";
    private static final String NAME = "CRC32C";
    private static final String FULL_OBJECT = "FULL_OBJECT";

    private Checksums() {}

    /**
     * What the store makes of the checksums that a request speaks of.
     *
     * @throws S3Error NotImplemented
     */
    static void take(StubRequest request, StubOptions options) {
        boolean meant = sent(request) != null || NAME.equals(request.header(ALGORITHM));
        if (meant && options.has(StubHabit.REFUSES_CHECKSUMS)) {
            throw new S3Error(
                    501, "NotImplemented", "A header you provided implies functionality that is not implemented");
        }
        if (options.has(StubHabit.IGNORES_CHECKSUMS)) {
            List.of(HEADER, ALGORITHM, TYPE, PREFIX + "mode")
                    .forEach(request.http().headers()::remove);
        }
        if (options.has(StubHabit.COMPOSES_CHECKSUMS)) {
            request.http().headers().remove(TYPE);
        }
    }

    /** What a body is said to have, or null. */
    static String sent(StubRequest request) {
        return request.header(HEADER);
    }

    /** Which kind of checksum an upload is begun with; null for none. */
    static String type(StubRequest request) {
        if (!NAME.equals(request.header(ALGORITHM))) {
            return null;
        }
        String type = request.header(TYPE);
        return type == null ? "COMPOSITE" : type;
    }

    static Map<String, String> begun(StubUpload upload) {
        return upload.checksumType() == null ? Map.of() : Map.of(ALGORITHM, NAME, TYPE, upload.checksumType());
    }

    /** @param crc32c null where there is none to be told */
    static Map<String, String> told(String crc32c) {
        return crc32c == null
                ? Map.of()
                : Map.of(HEADER, crc32c, TYPE, crc32c.contains("-") ? "COMPOSITE" : FULL_OBJECT);
    }

    /** Of an object, to those who ask. */
    static Map<String, String> told(StubRequest request, StubObject object) {
        return "ENABLED".equalsIgnoreCase(request.header(PREFIX + "mode")) ? told(object.crc32c()) : new TreeMap<>();
    }

    /** Of what parts make together; null where one has none. */
    static String joined(String type, List<StubObject> parts) {
        if (type == null || parts.stream().anyMatch(part -> part.crc32c() == null)) {
            return null;
        }
        if (type.equals(FULL_OBJECT)) {
            int whole = 0;
            for (StubObject part : parts) {
                int crc32c = ByteBuffer.wrap(bytes(part)).getInt();
                whole = Crc32c.combine(whole, crc32c, part.content().size());
            }
            return Crc32c.base64(whole);
        }
        var composite = new CRC32C();
        parts.forEach(part -> composite.update(bytes(part)));
        return Crc32c.base64((int) composite.getValue()) + "-" + parts.size();
    }

    private static byte[] bytes(StubObject part) {
        return Base64.getDecoder().decode(part.crc32c());
    }
}
