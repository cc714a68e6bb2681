package dev.wharf.s3.write;

import dev.wharf.s3.client.LearnedChecksums;
import dev.wharf.s3.client.LearnedChecksums.Seen;
import dev.wharf.s3.wire.Crc32c;
import dev.wharf.s3.wire.Md5;
import dev.wharf.store.StoreException;
import java.util.function.Function;

/**
 * Sends bodies with what their store checks: the CRC-32C where it is known to look at that, else the MD5, which all look at.
 * The MD5 costs as much as everything else that is done to a byte, so it is only computed where it is sent.
 *
 * @param repeatable whether what is sent again takes the place of what was sent before
 */
record CheckedBodies(LearnedChecksums learned, String bucket, boolean repeatable) {

    /**
     * Each null if it is not sent.
     *
     * @param crc32c in Base64
     */
    record Sums(byte[] md5, String crc32c) {
        String contentMd5() {
            return md5 == null ? null : Md5.base64(md5);
        }
    }

    /**
     * @param carried whether the checksum may be sent
     * @param request sends the body with these
     * @param told the checksum as the answer tells it
     */
    <T> T send(PartBuffer body, boolean carried, Function<Sums, T> request, Function<T, String> told) {
        if (!carried) {
            return request.apply(new Sums(body.md5(), null));
        }
        boolean alone = learned.areChecked(bucket);
        String crc32c = Crc32c.base64(body.crc32c());
        T answer;
        try {
            answer = request.apply(new Sums(alone ? null : body.md5(), crc32c));
        } catch (StoreException e) {
            if (!LearnedChecksums.mayBeMeant(e)) {
                throw e;
            }
            answer = request.apply(new Sums(body.md5(), null));
            learned.doubt(bucket, Seen.REFUSED);
            return answer;
        }
        if (!crc32c.equals(told.apply(answer))) {
            learned.doubt(bucket, Seen.UNKEPT);
            return alone && repeatable ? request.apply(new Sums(body.md5(), crc32c)) : answer;
        }
        return answer;
    }
}
