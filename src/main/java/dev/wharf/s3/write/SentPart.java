package dev.wharf.s3.write;

/**
 * A part that the store has.
 *
 * @param crc32c that was sent with it, in Base64; empty where none was
 */
record SentPart(String etag, String crc32c) {}
