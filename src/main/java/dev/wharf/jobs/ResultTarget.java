package dev.wharf.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.file.SourceFormat.Kind;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.S3Uri;
import java.nio.charset.StandardCharsets;

/** The path of a result, as the field {@code path} of a write setting. */
final class ResultTarget {
    /** The API's limit on an output path ({@code domain.md} §5.4). */
    private static final int MAX_PATH = 2048;

    /** What a job adds to a key: its number, in the folder's name. */
    private static final int MAX_ADDED_BYTES = 25;

    private static final int LONGEST_PART = "part-00000.json.snappy".length();
    private static final int LONGEST_PROFILE = ".profiler/profilerValidValueHistograms.json".length();

    private ResultTarget() {}

    /**
     * Makes sure that a result can lie there, as far as the path alone tells.
     *
     * @param delimiter between the columns of CSV
     * @throws ProblemException 400 if no job could write it
     */
    static void check(S3Uri target, ResultFormat format, Compression compression, char delimiter) {
        requireRoom(target, LONGEST_PART);
        if (target.key().codePoints().anyMatch(c -> c == 0 || c >= 0xd800 && c <= 0xdfff)) {
            throw ProblemException.invalid("path", "must be text: it holds a NUL or half a character");
        }
        refuseOtherEnding(target, format, format.around(compression), delimiter);
    }

    /** Refuses a path beside which the files of a profile have no room. */
    static void requireRoomForProfile(S3Uri target) {
        requireRoom(target, LONGEST_PROFILE);
    }

    /** @param longest the length of the longest name that is put into the job's folder, but for the result's own */
    private static void requireRoom(S3Uri target, int longest) {
        int name = bytes(target.name());
        if (bytes(target.key()) + MAX_ADDED_BYTES + Math.max(name, longest) > S3Uri.MAX_KEY_BYTES) {
            throw ProblemException.invalid(
                    "path",
                    "is too long: with the job's own folder its key would exceed S3's " + S3Uri.MAX_KEY_BYTES
                            + " bytes");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** A name that promises what the file is not misleads whoever reads it next, Wharf included. */
    private static void refuseOtherEnding(S3Uri target, ResultFormat format, Compression around, char delimiter) {
        if (target.isFolder()) {
            return;
        }
        SourceFormat promised = SourceFormat.named(target.name());
        if (around != Compression.NONE && promised.compression() != around) {
            throw ProblemException.invalid(
                    "path",
                    "must end in " + around.extension() + ", as the result is compressed with " + around.title());
        }
        String ending = promised.extension(target.name());
        boolean same = ending.isEmpty() || fits(promised.kind(), format, delimiter);
        if (promised.compression() != around || !same) {
            throw ProblemException.invalid(
                    "path",
                    "ends in " + (same ? "" : "." + ending)
                            + promised.compression().extension() + ", and the result is " + format.extension()
                            + (promised.kind() == Kind.TSV && format == ResultFormat.CSV
                                    ? " whose delim is no tab"
                                    : "")
                            + (around == Compression.NONE ? " without compression around it" : ""));
        }
    }

    private static boolean fits(Kind kind, ResultFormat format, char delimiter) {
        Kind own = SourceFormat.named("." + format.extension()).kind();
        return switch (kind) {
            case OTHER -> true; // a dot in a name may be no ending at all
            case TEXT -> own.textual();
            case TSV -> own == Kind.CSV && delimiter == '\t';
            default -> kind == own;
        };
    }

    /** The original's clients send a number or its text. */
    private static Long connectionId(JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.asText().matches("\\d{1,18}")) {
            throw ProblemException.invalid("connectionId", "must be the id of a connection");
        }
        return Long.valueOf(value.asText());
    }

    /**
     * Reads what was sent.
     *
     * @param connection in a field of its own; null where it is in the path, or none is meant
     * @throws ProblemException 400 for what is no address
     */
    static S3Uri read(String path, JsonNode connection) {
        Long connectionId = connectionId(connection);
        if (path == null) {
            throw ProblemException.invalid("path", "is missing");
        }
        if (path.isEmpty() || path.length() > MAX_PATH) {
            throw ProblemException.invalid("path", "must have 1 to " + MAX_PATH + " characters");
        }
        S3Uri uri = S3Uri.parse("path", path);
        if (connectionId != null && uri.connectionId() != null && !connectionId.equals(uri.connectionId())) {
            throw ProblemException.invalid("connectionId", "contradicts the connection in the path");
        }
        if (uri.bucket().isEmpty()) {
            throw ProblemException.invalid("path", "must name a bucket");
        }
        return connectionId == null ? uri : new S3Uri(uri.bucket(), uri.key(), connectionId);
    }
}
