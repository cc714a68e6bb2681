package dev.wharf.polling.events;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Keys as S3 writes them into events: form-encoded, so that a blank is a plus sign. {@code URLDecoder} lets what is wrong pass. */
final class EventKeys {
    private static final int HEX = 16;

    private EventKeys() {}

    /**
     * @throws UnreadableEventException if the text is no encoded UTF-8
     */
    static String decode(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(in.length);
        for (int at = 0; at < in.length; at++) {
            if (in[at] != '%') {
                out.write(in[at] == '+' ? ' ' : in[at]);
                continue;
            }
            int high = at + 2 < in.length ? Character.digit(in[at + 1], HEX) : -1;
            int low = at + 2 < in.length ? Character.digit(in[at + 2], HEX) : -1;
            if (high < 0 || low < 0) {
                throw new UnreadableEventException("the key is not form-encoded: a % without two digits behind it");
            }
            out.write(high * HEX + low);
            at += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableEventException("the key is no UTF-8 once it is decoded");
        }
    }
}
