package dev.wharf.uploads;

import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.HttpDate;
import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The headers of the tus protocol, version 1.0. */
final class TusHeaders {
    static final String CONTENT_TYPE = "application/offset+octet-stream";
    private static final Pattern SEPARATOR = Pattern.compile("\\s*,\\s*");

    private TusHeaders() {}

    /**
     * @throws ProblemException 400 if it is missing, negative or no whole number
     */
    static long number(RequestHead head, String name) {
        long number = Text.wholeNumber(head.header(name).orElse("")).orElse(-1);
        if (number < 0) {
            throw ProblemException.invalid(name, "must be a whole number of bytes, 0 or more");
        }
        return number;
    }

    /**
     * A value of {@code Upload-Metadata}: pairs of a key and a text in Base64, with commas.
     *
     * @throws ProblemException 400 for a value that is no text in Base64
     */
    static Optional<String> metadata(RequestHead head, String key) {
        return SEPARATOR
                .splitAsStream(head.header("Upload-Metadata").orElse("").strip())
                .map(pair -> pair.split(" ", 2))
                .filter(pair -> pair[0].equals(key))
                .findFirst()
                .map(pair -> decoded(key, pair.length == 1 ? "" : pair[1].strip()));
    }

    private static String decoded(String key, String value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder() // which reports what is no UTF-8
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(value)))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw ProblemException.invalid("Upload-Metadata", "has a " + key + " that is no UTF-8 in Base64");
        }
    }

    /**
     * @throws ProblemException 415 for a body that says to be something else, 400 for a checksum, which is not looked at
     */
    static void requireBytes(RequestHead head) {
        if (head.header("Upload-Checksum").isPresent()) {
            throw ProblemException.invalid(
                    "Upload-Checksum", "is not checked here, as Tus-Extension says: leave it out");
        }
        String type = head.header("Content-Type").orElse("");
        if (!type.equalsIgnoreCase(CONTENT_TYPE)) {
            throw new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE, "The body must be " + CONTENT_TYPE + ", and is \"" + type + "\"");
        }
    }

    static void tell(Answer answer, ResumableUpload upload) {
        answer.header("Upload-Offset", String.valueOf(upload.offset()));
        answer.header("Upload-Length", String.valueOf(upload.size()));
        answer.header("Upload-Expires", HttpDate.of(upload.expires()));
        byte[] name = upload.name().getBytes(StandardCharsets.UTF_8);
        answer.header("Upload-Metadata", "filename " + Base64.getEncoder().encodeToString(name));
    }
}
