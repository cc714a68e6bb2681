package dev.wharf.s3.write;

import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A part that the store has.
 *
 * @param crc32c that was sent with it, in Base64; null where none was
 */
public record SentPart(String etag, String crc32c) {

    /** As CompleteMultipartUpload names it, with the checksum that composite ones are made of. */
    public CompletedPart completed(int number) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(etag)
                .checksumCRC32C(crc32c)
                .build();
    }
}
