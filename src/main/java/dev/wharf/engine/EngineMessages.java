package dev.wharf.engine;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Turns DuckDB's messages, which hold our paths and advice for programmers, into what a person can act on. */
final class EngineMessages {
    private static final Pattern LINE = Pattern.compile("CSV Error on Line: (\\d+)");
    private static final Pattern COLUMNS = Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");
    private static final Pattern JSON_PLACE =
            Pattern.compile("at byte \\d+ in (?:line|record/value|array) (\\d+): ([a-z ]+)");

    private final EngineSettings settings;
    private final List<StagedFile> files;
    private final String work;

    /** @param work what failed: {@code run} */
    EngineMessages(EngineSettings settings, List<StagedFile> files, String work) {
        this.settings = settings;
        this.files = files;
        this.work = work;
    }

    static ProblemException noSpace(EngineSettings settings, String work) {
        return invalid("The " + work + " needs more temporary space than the " + settings.temporarySize() + " that one "
                + work + " may use on disk.");
    }

    /** Which row or record of a text file, from 1, DuckDB could not read; 0 where it does not say. */
    static long row(SQLException failure) {
        var message = String.valueOf(failure.getMessage());
        var line = LINE.matcher(message).results().findFirst();
        return line.isPresent()
                ? Long.parseLong(line.get().group(1))
                : JSON_PLACE
                        .matcher(message)
                        .results()
                        .findFirst()
                        .map(EngineMessages::record)
                        .orElse(0L);
    }

    /** DuckDB counts one record too many. */
    private static long record(MatchResult jsonPlace) {
        return Long.parseLong(jsonPlace.group(1)) - 1;
    }

    ProblemException problem(SQLException failure) {
        // DuckDB repeats the statement at the end, with the paths of every file.
        var message = String.valueOf(failure.getMessage()).split("\nLINE 1:", 2)[0];
        if (message.contains("No space left on device")) {
            return new ProblemException(Problem.UNAVAILABLE, "The disk of the running environment is full.", failure);
        }
        if (message.contains("max_temp_directory_size") || message.contains("failed to offload data block")) {
            return noSpace(settings, work);
        }
        if (message.contains("Out of Memory Error")) {
            return invalid("The " + work + " needs more memory than the " + settings.memory() + " that one " + work
                    + " may use (wharf.running.memory).");
        }
        var reason = isAvro() && message.contains("JSON")
                ? "holds values that are not of its schema's types."
                : reason(message);
        if (reason != null) {
            return invalid(name(message) + " " + reason);
        }
        return new ProblemException(
                Problem.INTERNAL, "The running environment failed while it read " + name(message) + ".", failure);
    }

    private boolean isAvro() {
        return files.get(0).format().kind() == SourceFormat.Kind.AVRO;
    }

    private static String reason(String message) {
        var line = LINE.matcher(message).results().findFirst().map(found -> found.group(1));
        var onLine = line.map(number -> ", line " + number + ",").orElse("");
        var columns = COLUMNS.matcher(message).results().findFirst();
        if (columns.isPresent()) {
            return columnsReason(onLine, columns.get());
        }
        if (message.contains("Invalid unicode") || message.contains("not utf-8 encoded")) {
            return onLine + " is neither UTF-8 nor UTF-16 with a byte order mark. Save it in one of these.";
        }
        if (message.contains("unterminated quote") || message.contains("quote should be followed")) {
            return onLine + " has a quote that does not end where the value ends.";
        }
        if (message.contains("Maximum line size")) {
            return onLine + " has a line of more than 2,000,000 bytes.";
        }
        if (message.contains("invalid state")) {
            return "does not follow RFC 4180: it mixes line ends (LF, CR LF, CR) or has stray quotes.";
        }
        var json = JSON_PLACE.matcher(message).results().findFirst();
        if (json.isPresent()) {
            return ", record " + record(json.get()) + ", is not valid JSON: "
                    + json.get().group(2).strip() + ".";
        }
        if (message.contains("maximum_object_size")) {
            return "has a JSON object of more than 16 MB.";
        }
        return otherReason(message);
    }

    private static String otherReason(String message) {
        if (message.contains("Malformed JSON") || message.contains("JSON transform error")) {
            return "is not valid JSON.";
        }
        if (message.contains("GZIP") || message.contains("ZSTD") || message.contains("decompress")) {
            return "cannot be decompressed.";
        }
        if (message.contains("arquet") || message.contains("magic bytes") || message.contains("TProtocol")) {
            return "is not a sound Parquet file.";
        }
        return null;
    }

    private static String columnsReason(String onLine, MatchResult columns) {
        return onLine + " has " + columns.group(2) + (columns.group(2).equals("1") ? " column" : " columns") + " where "
                + columns.group(1) + " are expected.";
    }

    private String name(String message) {
        if (files.size() == 1) {
            return files.get(0).displayName();
        }
        return files.stream()
                .filter(file -> message.contains(file.path().getFileName().toString()))
                .findFirst()
                .map(StagedFile::displayName)
                .orElse("one of the files");
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.VALIDATION_FAILED, detail.replace(" ,", ","));
    }
}
