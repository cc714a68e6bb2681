package dev.wharf.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** How a text file writes its characters. */
enum TextEncoding {
    UTF_8("UTF-8", StandardCharsets.UTF_8),
    /** With a byte order mark, which says in which order. */
    UTF_16("UTF-16", StandardCharsets.UTF_16),
    /** What Windows calls Latin-1: any bytes can be read like this, so it is a guess. */
    WINDOWS_1252("windows-1252", Charset.forName("windows-1252"));

    private static final int BUFFER = 1 << 16;

    private final String title;
    private final Charset charset;

    TextEncoding(String title, Charset charset) {
        this.title = title;
        this.charset = charset;
    }

    /** The registered name (IANA). */
    String title() {
        return title;
    }

    /** What a byte order mark says. */
    static TextEncoding marked(byte[] first) {
        return first.length >= 2
                        && (first[0] == (byte) 0xfe && first[1] == (byte) 0xff
                                || first[0] == (byte) 0xff && first[1] == (byte) 0xfe)
                ? UTF_16
                : UTF_8;
    }

    /**
     * Writes the characters as UTF-8, without a byte order mark in front.
     *
     * @param most bytes of {@code content} after which it is enough; a few more may be written
     * @param cut whether the content may end anywhere, also within a character
     * @return whether the end of the content was reached
     * @throws CharacterCodingException where it is not written in this encoding
     */
    boolean toUtf8(InputStream content, OutputStream target, long most, boolean cut) throws IOException {
        var decoder = charset.newDecoder().onUnmappableCharacter(CodingErrorAction.REPLACE);
        var bytes = ByteBuffer.allocate(BUFFER);
        boolean first = true;
        boolean ended = false;
        for (long read = 0; !ended && read < most; ) {
            int count = content.read(bytes.array(), bytes.position(), bytes.remaining());
            ended = count < 0;
            bytes.position(bytes.position() + Math.max(0, count));
            read += Math.max(0, count);
            var characters = decode(decoder, bytes, ended && !cut);
            if (first && characters.length() > 0) {
                first = false;
                characters.position(characters.get(0) == '\ufeff' ? 1 : 0);
            }
            var encoded = StandardCharsets.UTF_8.encode(characters);
            target.write(encoded.array(), encoded.arrayOffset() + encoded.position(), encoded.remaining());
        }
        return ended;
    }

    /** What is left in the buffer is the beginning of a character. */
    private static CharBuffer decode(CharsetDecoder decoder, ByteBuffer bytes, boolean last)
            throws CharacterCodingException {
        var characters = CharBuffer.allocate(BUFFER);
        bytes.flip();
        var result = decoder.decode(bytes, characters, last);
        if (result.isError()) {
            result.throwException();
        }
        bytes.compact();
        return characters.flip();
    }
}
