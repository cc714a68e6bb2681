package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Takes a form ({@code multipart/form-data}, RFC 7578) apart while it arrives. Of what has come it keeps the beginning of
 * what may be a boundary, and the head of a part, which is bounded.
 */
final class FormParts {
    private static final int MAX_HEAD = 16 * 1024;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final byte[] NOTHING = {};

    private enum State {
        /** Before the first boundary, or in a part that nobody wants: all is read over. */
        SKIPPED,
        WANTED,
        /** Behind a boundary: the end of its line, or two hyphens. */
        BOUNDARY,
        HEAD,
        /** Behind the last boundary. */
        OVER
    }

    /** Learns of each part, and says whether it wants what is in it. */
    interface Listener {
        boolean part(HeaderParameters disposition, String contentType);
    }

    private final byte[] delimiter;
    private final Listener listener;
    // The first boundary may come without a line before it.
    private byte[] kept = {'\r', '\n'};
    private State state = State.SKIPPED;

    FormParts(String boundary, Listener listener) {
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8);
        this.listener = listener;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    boolean isWanted() {
        return state == State.WANTED;
    }

    /**
     * Goes on with what has arrived.
     *
     * @return what it holds of the part that is wanted; may be empty
     * @throws ProblemException 400 if the form is malformed
     */
    Buffer feed(Buffer arrived) {
        byte[] all = Arrays.copyOf(kept, kept.length + arrived.length());
        arrived.getBytes(0, arrived.length(), all, kept.length);
        Buffer wanted = Buffer.buffer();
        int position = 0;
        int from;
        State before;
        do {
            from = position;
            before = state;
            position = switch (state) {
                case SKIPPED, WANTED -> content(all, from, wanted);
                case BOUNDARY -> boundary(all, from);
                case HEAD -> head(all, from);
                case OVER -> all.length;
            };
        } while (position != from || state != before);
        kept = position == all.length ? NOTHING : Arrays.copyOfRange(all, position, all.length);
        return wanted;
    }

    private int content(byte[] all, int start, Buffer wanted) {
        int end = start;
        while (end < all.length && !(all[end] == '\r' && mayBeDelimiter(all, end))) {
            end++;
        }
        if (state == State.WANTED) {
            wanted.appendBytes(all, start, end - start);
        }
        if (end + delimiter.length > all.length) {
            return end;
        }
        state = State.BOUNDARY;
        return end + delimiter.length;
    }

    /** As far as there is something to compare. */
    private boolean mayBeDelimiter(byte[] all, int start) {
        int length = Math.min(delimiter.length, all.length - start);
        return Arrays.equals(all, start, start + length, delimiter, 0, length);
    }

    private int boundary(byte[] all, int start) {
        int index = start;
        while (index < all.length && (all[index] == ' ' || all[index] == '\t')) {
            index++;
        }
        if (index + 2 > all.length) {
            return start;
        }
        if (all[index] == '-' && all[index + 1] == '-') {
            state = State.OVER;
            return index + 2;
        }
        if (all[index] != '\r' || all[index + 1] != '\n') {
            throw malformed("a boundary is not followed by the end of its line");
        }
        state = State.HEAD;
        return index; // a head of no lines ends as every other does: with an empty line
    }

    private int head(byte[] all, int start) {
        int end = start;
        while (end + END_OF_HEAD.length <= all.length
                && !Arrays.equals(all, end, end + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
            end++;
        }
        if (end - start > MAX_HEAD) {
            throw malformed("the head of a part has more than " + MAX_HEAD + " bytes");
        }
        if (end + END_OF_HEAD.length > all.length) {
            return start;
        }
        state = begin(text(Arrays.copyOfRange(all, start, end))) ? State.WANTED : State.SKIPPED;
        return end + END_OF_HEAD.length;
    }

    private boolean begin(String head) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : head.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        String coding =
                lines.getOrDefault("content-transfer-encoding", "binary").toLowerCase(Locale.ROOT);
        if (coding.equals("base64") || coding.equals("quoted-printable")) {
            throw malformed("a part comes in " + coding + ": send its bytes as they are");
        }
        return listener.part(
                HeaderParameters.of(lines.getOrDefault("content-disposition", "")), lines.get("content-type"));
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("the head of a part is not UTF-8");
        }
    }

    private static ProblemException malformed(String reason) {
        return ProblemException.invalid("The form", "is malformed: " + reason);
    }
}
