package dev.wharf.engine.file;

import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How a text file writes its characters. Previews and jobs read all text through here.
 *
 * @param title the registered name (IANA)
 * @param origin how it is known
 */
public record TextEncoding(String title, Charset charset, Origin origin) {
    enum Origin {
        /** UTF-8, as neither the file nor anybody says otherwise. */
        CUSTOM,
        /** By a byte order mark. */
        MARK,
        SAID,
        /** Any bytes can be read like this. */
        GUESS
    }

    /** What is wrong with the bytes. */
    private static final class NotText extends CharacterCodingException {
        private static final long serialVersionUID = 1;
        private final boolean zero;
        private final long line;

        NotText(boolean zero, long line) {
            this.zero = zero;
            this.line = line;
        }
    }

    /**
     * What was read.
     *
     * @param ended whether the end of the content was reached
     * @param marks byte order marks at the beginning
     */
    public record Read(boolean ended, int marks) {}

    /** The first bytes of a text that says how it is written. The longer ones come first. */
    private enum Mark {
        UTF_32LE("fffe0000"),
        UTF_32BE("0000feff"),
        UTF_8("efbbbf"),
        UTF_16LE("fffe"),
        UTF_16BE("feff");

        private final byte[] bytes;

        Mark(String bytes) {
            this.bytes = HexFormat.of().parseHex(bytes);
        }

        public static Mark of(byte[] first) {
            for (var mark : values()) {
                int length = mark.bytes.length;
                if (first.length >= length && Arrays.equals(first, 0, length, mark.bytes, 0, length)) {
                    return mark;
                }
            }
            return null;
        }

        String title() {
            return name().replace('_', '-');
        }

        boolean fits(Charset said) {
            return title().startsWith(said.name());
        }
    }

    private static final TextEncoding UTF_8 = new TextEncoding("UTF-8", StandardCharsets.UTF_8, Origin.CUSTOM);
    /** What Windows calls Latin-1. */
    public static final TextEncoding GUESSED =
            new TextEncoding("windows-1252", Charset.forName("windows-1252"), Origin.GUESS);

    private static final int BUFFER = 1 << 16;

    /**
     * What is said, or what a byte order mark says, or UTF-8.
     *
     * @param first bytes of the file
     * @throws ProblemException where the one contradicts the other
     */
    public static TextEncoding of(byte[] first, TextDialect said, String displayName) {
        var mark = Mark.of(first);
        if (said.encoding() == null) {
            if (mark == Mark.UTF_32LE || mark == Mark.UTF_32BE) {
                throw StagedFile.refuse(displayName, "begins as UTF-32, which is not read. Save it in UTF-8.");
            }
            boolean utf16 = mark == Mark.UTF_16LE || mark == Mark.UTF_16BE;
            return utf16 ? new TextEncoding("UTF-16", StandardCharsets.UTF_16, Origin.MARK) : UTF_8;
        }
        var charset = Charset.forName(said.encoding());
        if (mark != null && !mark.fits(charset)) {
            throw StagedFile.refuse(
                    displayName,
                    "begins with the byte order mark of " + mark.title() + ", but encoding says " + said.encoding()
                            + ".");
        }
        if (mark == null && charset.equals(StandardCharsets.UTF_16)) {
            throw StagedFile.refuse(displayName, "has no byte order mark: encoding has to say UTF-16LE or UTF-16BE.");
        }
        return new TextEncoding(charset.name(), charset, Origin.SAID);
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /**
     * Writes the characters as UTF-8, without byte order marks in front.
     *
     * @param target null where they only are to be checked
     * @param most bytes of {@code content} after which it is enough; a few more may be written
     * @param cut whether the content may end anywhere, also within a character
     * @throws CharacterCodingException where it is no text of this encoding; see {@link #problem}
     */
    Read toUtf8(InputStream content, OutputStream target, long most, boolean cut) throws IOException {
        var decoder = charset.newDecoder()
                .onUnmappableCharacter(origin == Origin.GUESS ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT);
        var bytes = ByteBuffer.allocate(BUFFER);
        var characters = CharBuffer.allocate((int) Math.ceil(BUFFER * decoder.maxCharsPerByte()) + 16);
        int marks = 0;
        long line = 1;
        boolean begun = false;
        boolean ended = false;
        for (long read = 0; !ended && read < most; ) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("The text was not read to its end");
            }
            int count = content.read(bytes.array(), bytes.position(), bytes.remaining());
            ended = count < 0;
            bytes.position(bytes.position() + Math.max(0, count));
            read += Math.max(0, count);
            bytes.flip();
            if (target == null && isUtf8()) {
                var plain = PlainText.of(bytes.array(), bytes.limit());
                bytes.position(plain.length());
                line += plain.lines();
                begun |= plain.length() > 0;
            }
            var result = decoder.decode(bytes, characters.clear(), ended && !cut);
            bytes.compact();
            if (ended && !cut && !result.isError()) {
                decoder.flush(characters);
            }
            characters.flip();
            while (!begun && characters.hasRemaining()) {
                begun = characters.get(characters.position()) != '\ufeff';
                if (!begun) {
                    characters.get();
                    marks++;
                }
            }
            line += lines(characters, line);
            if (result.isError()) {
                throw new NotText(false, line);
            }
            if (target != null) {
                var encoded = StandardCharsets.UTF_8.encode(characters);
                target.write(encoded.array(), encoded.arrayOffset() + encoded.position(), encoded.remaining());
            }
        }
        return new Read(ended, marks);
    }

    /** Whether bytes that are not of this encoding may be shown in another one: nobody has said that they are. */
    boolean mayBeGuessed(CharacterCodingException failure) {
        return origin == Origin.CUSTOM && failure instanceof NotText found && !found.zero;
    }

    /** How many lines end in these characters. */
    private static long lines(CharBuffer characters, long line) throws NotText {
        long ends = 0;
        for (int i = characters.position(); i < characters.limit(); i++) {
            char one = characters.get(i);
            if (one == 0) {
                throw new NotText(true, line + ends);
            }
            ends += one == '\n' ? 1 : 0;
        }
        return ends;
    }

    /**
     * What is wrong, and what to do.
     *
     * @param kind of the file, which decides whether its encoding can be said
     */
    public ProblemException problem(CharacterCodingException failure, String displayName, SourceFormat.Kind kind) {
        var place = failure instanceof NotText found ? ", line " + found.line + ", " : "";
        if (failure instanceof NotText found && found.zero) {
            return StagedFile.refuse(
                    displayName,
                    place + "is not text: it holds bytes of zero. UTF-16 is read with a byte order mark only"
                            + (kind.delimited() ? ", or where encoding says UTF-16LE or UTF-16BE." : "."));
        }
        return switch (origin) {
            case MARK -> StagedFile.refuse(displayName, place + "is not UTF-16, although the file begins so.");
            case SAID -> StagedFile.refuse(displayName, place + "is not " + title + ", as encoding says.");
            case CUSTOM, GUESS -> StagedFile.refuse(displayName, place + notUtf8(kind));
        };
    }

    private static String notUtf8(SourceFormat.Kind kind) {
        return "is neither UTF-8 nor UTF-16 with a byte order mark. Save it in one of these"
                + (kind.delimited() ? ", or say its encoding (encoding=windows-1252)." : ".");
    }
}
