package dev.wharf.s3.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import software.amazon.awssdk.http.Abortable;

/**
 * What came of an answer's body.
 *
 * @param rest what did not come
 */
record AnswerBytes(byte[] bytes, Rest rest) {
    /** Why reading ended. */
    enum Rest {
        NONE,
        TOO_LONG,
        TOO_SLOW
    }

    /**
     * Reads a body to its end, or for as many bytes and as long as it may take: a store that sends a byte now and then is
     * never silent for a socket's timeout. What is not read to its end is broken off, as closing it would read the rest.
     */
    static AnswerBytes read(InputStream in, int most, Duration patience) throws IOException {
        long began = System.nanoTime();
        var bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 << 10];
        boolean ended = false;
        try {
            while (System.nanoTime() - began < patience.toNanos()) {
                int count = in.read(buffer);
                if (count < 0) {
                    in.close();
                    ended = true;
                    return new AnswerBytes(bytes.toByteArray(), Rest.NONE);
                }
                bytes.write(buffer, 0, Math.min(count, most - bytes.size()));
                if (bytes.size() == most) {
                    return new AnswerBytes(bytes.toByteArray(), Rest.TOO_LONG);
                }
            }
            return new AnswerBytes(bytes.toByteArray(), Rest.TOO_SLOW);
        } finally {
            if (!ended && in instanceof Abortable connection) {
                connection.abort();
            }
        }
    }
}
