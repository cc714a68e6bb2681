package dev.wharf.testing.stub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes {@code aws-chunked} bodies apart as they come: {@code <hex length>[;chunk-signature=…]\r\n<bytes>\r\n}, a chunk of
 * no bytes at the end, and trailers, which nobody reads (AWS, <i>Signature calculations: transferring a payload in
 * multiple chunks</i>).
 */
final class AwsChunked {
    private static final String NAME = "aws-chunked";
    private static final int LONGEST_LINE = 1_024;

    private final BytesConsumer target;
    private final byte[] line = new byte[LONGEST_LINE];
    private int lineLength;
    private long left;
    private boolean ended;

    interface BytesConsumer {
        void accept(byte[] bytes, int from, int to);
    }

    AwsChunked(BytesConsumer target) {
        this.target = target;
    }

    static boolean isUsed(StubRequest request) {
        return String.valueOf(request.header("Content-Encoding")).contains(NAME)
                || String.valueOf(request.header("x-amz-content-sha256")).startsWith("STREAMING-");
    }

    /** The other content encodings, or null. */
    static String without(String contentEncoding) {
        String[] others = Arrays.stream(contentEncoding.split(","))
                .map(String::strip)
                .filter(name -> !name.equalsIgnoreCase(NAME))
                .toArray(String[]::new);
        return others.length == 0 ? null : String.join(",", others);
    }

    void accept(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && !ended) {
            if (left > 0) {
                int count = (int) Math.min(left, bytes.length - at);
                target.accept(bytes, at, at + count);
                left -= count;
                at += count;
            } else {
                take(bytes[at++]);
            }
        }
    }

    private void take(byte next) {
        if (next != '\n') {
            if (lineLength == LONGEST_LINE) {
                throw malformed();
            }
            line[lineLength++] = next;
            return;
        }
        String text = new String(line, 0, lineLength, StandardCharsets.US_ASCII).strip();
        lineLength = 0;
        if (!text.isEmpty()) { // the end of the chunk before
            left = length(text);
            ended = left == 0;
        }
    }

    private static long length(String line) {
        int semicolon = line.indexOf(';');
        try {
            return Long.parseLong(semicolon < 0 ? line : line.substring(0, semicolon), 16);
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    static S3Error malformed() {
        return new S3Error(400, "IncompleteBody", "The body is not in chunks as its headers say");
    }

    boolean hasEnded() {
        return ended;
    }
}
