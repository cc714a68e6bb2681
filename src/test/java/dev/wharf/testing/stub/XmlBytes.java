package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** XML as bytes, written without a detour through text. */
public final class XmlBytes {
    private static final byte[][] ENCODED = new byte[256][];
    private static final byte[][] ESCAPED = new byte[128][];

    static {
        for (int value = 0; value < 256; value++) {
            boolean plain = value < 128 && (Character.isLetterOrDigit(value) || "-_.*/".indexOf(value) >= 0);
            // As AWS does it, which writes forms: a blank is a plus.
            ENCODED[value] = plain
                    ? null
                    : ascii(
                            value == ' '
                                    ? "+"
                                    : "%" + HexFormat.of().withUpperCase().toHexDigits((byte) value));
        }
        for (int value = 0; value < 32; value++) {
            // Not XML 1.0, and what S3 sends.
            ESCAPED[value] = ascii("&#x" + Integer.toHexString(value) + ";");
        }
        ESCAPED['&'] = ascii("&amp;");
        ESCAPED['<'] = ascii("&lt;");
        ESCAPED['>'] = ascii("&gt;");
        ESCAPED['"'] = ascii("&quot;");
    }

    private byte[] bytes;
    private int length;

    public XmlBytes(int capacity) {
        bytes = new byte[capacity];
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    public Content content() {
        return Content.of(bytes, length);
    }

    public XmlBytes raw(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    public XmlBytes raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An element with a text in it. */
    public XmlBytes element(String name, Object text) {
        return element(name, String.valueOf(text), false);
    }

    public XmlBytes element(String name, String text, boolean encoded) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        return raw("<" + name + ">").text(value, value.length, encoded).raw("</" + name + ">");
    }

    /** Text, as XML or, where {@code encoding-type=url} was asked for, as a URL would have it. */
    XmlBytes text(byte[] text, int count, boolean encoded) {
        reserve(6 * count);
        byte[] target = bytes;
        int at = length;
        for (int index = 0; index < count; index++) {
            byte value = text[index];
            byte[] other = encoded ? ENCODED[value & 0xff] : value < 0 ? null : ESCAPED[value];
            if (other == null) {
                target[at++] = value;
            } else {
                System.arraycopy(other, 0, target, at, other.length);
                at += other.length;
            }
        }
        length = at;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
