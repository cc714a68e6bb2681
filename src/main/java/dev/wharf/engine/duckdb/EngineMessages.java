package dev.wharf.engine.duckdb;

import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TemporarySpace;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Turns DuckDB's messages, which hold our paths and advice for programmers, into what a person can act on. */
public final class EngineMessages {
    private static final Pattern LINE = Pattern.compile("CSV Error on Line: (\\d+)");
    private static final Pattern COLUMNS = Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");
    private static final Pattern CODEC = Pattern.compile("Unsupported compression codec \"([^\"]*)\"");
    /** Errors of what we asked DuckDB for, not of what it read. */
    private static final Pattern OURS =
            Pattern.compile("(?i)(INTERRUPT|Parser|Catalog|Permission|Connection|Settings|Dependency) Error: .*");

    private static final Pattern KIND = Pattern.compile("^(?:(?:[A-Za-z -]+ )?(?:Error|Exception): ?)+");
    /** Where files lie here. */
    private static final Pattern PATH = Pattern.compile("(?i)(file:? )?[\"']?(?<!\\w)/[^\"'\\s,:]*/[^\"'\\s,:]+[\"']?");

    private static final Pattern BEGINNING =
            Pattern.compile("(?i)^(failed to (read|open) the file:?|JSON transform error in the file, in) ?");
    private static final Pattern NO_PARQUET = Pattern.compile("magic bytes|too small to be a Parquet");
    private static final int LONGEST_CAUSE = 200;

    private final EngineSettings settings;
    private final List<StagedFile> files;
    private final String work;

    /** A failure of which is known at which file it happened. */
    private static final class FileFailure extends SQLException {
        private static final long serialVersionUID = 1;
        private final transient StagedFile file;

        FileFailure(StagedFile file, SQLException cause) {
            super(cause.getMessage(), cause);
            this.file = file;
        }
    }

    public static SQLException at(StagedFile file, SQLException failure) {
        return new FileFailure(file, failure);
    }

    /** @param work what failed: {@code run} */
    public EngineMessages(EngineSettings settings, List<StagedFile> files, String work) {
        this.settings = settings;
        this.files = files;
        this.work = work;
    }

    /** Which row of a text file, from 1, DuckDB could not read; 0 where it does not say. */
    public static long row(SQLException failure) {
        return LINE.matcher(String.valueOf(failure.getMessage()))
                .results()
                .findFirst()
                .map(line -> Long.parseLong(line.group(1)))
                .orElse(0L);
    }

    /** Whether there was no room on the disk. */
    public static boolean isFull(Exception failure) {
        return String.valueOf(failure.getMessage()).contains("No space left on device");
    }

    public static ProblemException full(Exception failure) {
        return new ProblemException(Problem.UNAVAILABLE, "The disk of the running environment is full.", failure);
    }

    public ProblemException problem(SQLException failure) {
        if (failure instanceof FileFailure known && files.size() > 1) {
            return new EngineMessages(settings, List.of(known.file), work).problem(failure);
        }
        // DuckDB repeats the statement at the end, with the paths of every file.
        var message = String.valueOf(failure.getMessage()).split("\nLINE 1:", 2)[0];
        if (isFull(failure)) {
            return full(failure);
        }
        if (message.contains("max_temp_directory_size") || message.contains("failed to offload data block")) {
            return TemporarySpace.exceeded(settings, work);
        }
        if (message.contains("Out of Memory Error")) {
            return invalid("The " + work + " needs more memory than the " + settings.memory() + " that one " + work
                    + " may use (wharf.running.memory).");
        }
        var reason = files.get(0).format().kind().textual() ? reason(message) : null;
        if (reason == null && isOurs(message)) {
            return new ProblemException(
                    Problem.INTERNAL, "The running environment failed while it read " + name(message) + ".", failure);
        }
        return new ProblemException(
                Problem.VALIDATION_FAILED,
                name(message) + (reason == null ? " " + reasonByKind(message) : reason),
                failure);
    }

    /** What is not known to be our fault is the file's: it was reading it that failed. */
    private boolean isOurs(String message) {
        return OURS.matcher(message.lines().findFirst().orElse("")).matches()
                || message.contains("onnection was closed")
                || message.startsWith("IO Error")
                        && files.stream()
                                .noneMatch(file -> message.contains(file.path().toString()));
    }

    private String reasonByKind(String message) {
        var cause = cause(message);
        return switch (files.get(0).format().kind()) {
            case PARQUET -> parquetReason(message, cause);
            case AVRO -> "holds values that are not of its schema's types" + cause + ".";
            default -> "cannot be read" + cause + ".";
        };
    }

    private static String parquetReason(String message, String cause) {
        var codec = CODEC.matcher(message).results().findFirst();
        if (codec.isPresent()) {
            return ParquetReading.refusal(codec.get().group(1));
        }
        if (message.contains("ncrypted")) {
            return ParquetReading.ENCRYPTED;
        }
        if (message.contains("nvalid string encoding") || message.contains("nvalid unicode")) {
            return "has text that is not UTF-8.";
        }
        if (message.contains("nsupported") || message.contains("ot supported") || message.contains("ot implemented")) {
            return "uses what is not read" + cause + ".";
        }
        return "is not a sound Parquet file" + (NO_PARQUET.matcher(message).find() ? "" : cause) + ".";
    }

    /** DuckDB's own words, without our paths and its advice; from a colon on. */
    private String cause(String message) {
        var error = message.substring(message.lastIndexOf("\nError: ") + 1);
        var line = error.lines().findFirst().orElse("").replaceAll("[\\p{Cntrl}\ufffd]", "");
        for (var file : files) {
            var path = Pattern.quote(file.path().toString());
            line = line.replaceAll("(file:? )?[\"']?" + path + "[.a-z]*[\"']?", "the file");
        }
        var named = PATH.matcher(KIND.matcher(line).replaceFirst("")).replaceAll("the file");
        var words = BEGINNING.matcher(named).replaceFirst("").replaceAll("[.:,\\s]+$", "");
        if (words.isBlank()) {
            return "";
        }
        return ": " + (words.length() > LONGEST_CAUSE ? words.substring(0, LONGEST_CAUSE) + " …" : words);
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
            return " does not follow RFC 4180: it mixes line ends (LF, CR LF, CR) or has stray quotes.";
        }
        if (message.contains("GZIP") || message.contains("ZSTD") && !message.contains("Parquet")) {
            return " cannot be decompressed.";
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
        return new ProblemException(Problem.VALIDATION_FAILED, detail);
    }
}
