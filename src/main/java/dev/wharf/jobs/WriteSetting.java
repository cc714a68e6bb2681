package dev.wharf.jobs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.run.CsvOptions;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.parameters.DestinationPath;
import dev.wharf.parameters.RunValues;
import dev.wharf.store.S3Uri;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One result that a job is asked to write ({@code domain.md} §3.8, <i>writeSetting</i>), within what the built-in engine
 * can do: one new file, or new parts of one.
 *
 * @param path {@code s3://bucket/folder/name.csv?connectionId=136}; a path that ends in a slash is a folder, and the
 *     job's name names the file. Where parts of it vary, an example of what comes of it
 * @param compression around a file of text, inside one of Parquet or Avro
 * @param singleFile whether it is one file; else several parts, where that is allowed
 * @param varying the path with its parameters; null where no part varies, as in every job
 */
@AlsoTaken(empty = {"outputObjectId", "prefix"})
public record WriteSetting(
        S3Uri path,
        ResultFormat format,
        Compression compression,
        CsvOptions csv,
        boolean singleFile,
        DestinationPath varying) {
    /** The only suffix there is: that of another name each time, which the folder of each job gives to a result anyway. */
    private static final String SUFFIX = "_increment";

    @JsonCreator
    static WriteSetting of(
            @JsonProperty("path") String path,
            @JsonProperty("action") String action,
            @JsonProperty("format") String format,
            @JsonProperty("compression") String compressionName,
            @JsonProperty("asSingleFile") Boolean asSingleFile,
            @JsonProperty("header") Boolean header,
            @JsonProperty("delim") String delimiter,
            @JsonProperty("hasQuotes") Boolean hasQuotes,
            @JsonProperty("includeMismatches") Boolean includeMismatches,
            @JsonProperty("suffix") String suffix,
            @JsonProperty("connectionId") JsonNode connectionId,
            @JsonProperty("runParameters") JsonNode runParameters) {
        var faults = new Faults();
        faults.check(() -> refuseAction(action));
        faults.check(() -> refuseSuffix(suffix));
        ResultFormat resultFormat = faults.get(() -> ResultFormat.of(format));
        Compression compression =
                resultFormat == null ? null : faults.get(() -> resultFormat.compression(compressionName));
        S3Uri written = faults.get(() -> ResultTarget.read(path, connectionId));
        DestinationPath varying = written == null ? null : faults.get(() -> DestinationPath.of(written, runParameters));
        S3Uri target = varying == null ? written : faults.get(varying::sample);
        Character separator = faults.get(() -> delimiter(delimiter));
        if (target != null && compression != null && separator != null) {
            faults.check(() -> ResultTarget.check(target, resultFormat, compression, separator));
        }
        if (resultFormat != null && resultFormat != ResultFormat.CSV) {
            faults.check(() -> refuseOfCsv("header", Boolean.TRUE.equals(header), resultFormat));
            faults.check(() -> refuseOfCsv("delim", delimiter != null, resultFormat));
            faults.check(() -> refuseOfCsv("hasQuotes", Boolean.TRUE.equals(hasQuotes), resultFormat));
            faults.check(() -> refuseMismatches(Boolean.TRUE.equals(includeMismatches), resultFormat));
        }
        faults.refuse();
        return new WriteSetting(
                target,
                resultFormat,
                compression,
                new CsvOptions(Boolean.TRUE.equals(header), separator, Boolean.TRUE.equals(hasQuotes)),
                !Boolean.FALSE.equals(asSingleFile),
                varying);
    }

    /** In CSV every value is written as it stands; elsewhere one that is not of the type that was said ends the job. */
    private static void refuseMismatches(boolean asked, ResultFormat format) {
        if (asked) {
            throw ProblemException.invalid(
                    "includeMismatches",
                    "is for the format csv, in which every value is written as it stands: a column of "
                            + format.extension() + " has one type, and a value that is not of it fails the job");
        }
    }

    /** Whether parts of the path are told by the run. */
    public boolean varies() {
        return varying != null;
    }

    /** The override keys by which a run may name parameters of the path. */
    public Set<String> keys() {
        return varying == null ? Set.of() : varying.keys();
    }

    /** As the API shows it, so that it can be sent back. */
    public void addTo(Map<String, Object> view) {
        boolean text = format == ResultFormat.CSV;
        view.put("path", written().toString());
        view.put("action", "create");
        view.put("format", format.extension());
        view.put("compression", compression.title());
        view.put("header", text && csv.header());
        view.put("asSingleFile", singleFile);
        view.put("delim", text ? String.valueOf(csv.delimiter()) : null);
        view.put("hasQuotes", text && csv.quoteEveryField());
        view.put("includeMismatches", text);
        view.put("prefix", null);
        view.put("suffix", SUFFIX);
        view.put("runParameters", Map.of("data", varying == null ? List.of() : varying.runParameters()));
        view.put("connectionId", path.connectionId());
    }

    /** The path as it was sent: without the texts of its parameters. */
    public S3Uri written() {
        return varying == null ? path : varying.path();
    }

    /**
     * The same for one run, in which nothing varies any more.
     *
     * @throws ProblemException 400 if what comes of the path is none for this result
     */
    public WriteSetting at(RunValues values) {
        if (varying == null) {
            return this;
        }
        S3Uri resolved = varying.resolve(values);
        try {
            ResultTarget.check(resolved, format, compression, csv.delimiter());
        } catch (ProblemException refused) {
            throw ProblemException.invalid("path", "comes to " + resolved.location() + ": " + refused.detail());
        }
        return new WriteSetting(resolved, format, compression, csv, singleFile, null);
    }

    /**
     * Makes sure that no two results would be written to one place. Two connections may reach one bucket, so the connection
     * does not tell places apart.
     *
     * @param what goes there, for the message
     * @throws ProblemException 400 naming the place
     */
    public static void requireApart(String what, List<WriteSetting> settings) {
        Set<String> places = new HashSet<>();
        for (WriteSetting setting : settings) {
            if (!places.add(setting.path().location())) {
                throw ProblemException.invalid(
                        what,
                        "go to " + setting.written().location() + (setting.varies() ? " with its parameters" : "")
                                + " twice; every result needs a place of its own");
            }
        }
    }

    /** The original's clients send {@code false} with every format, which asks for nothing. */
    private static void refuseOfCsv(String field, boolean asked, ResultFormat format) {
        if (asked) {
            throw ProblemException.invalid(
                    "" + field, "is for the format csv: leave it out, as " + format.extension() + " has none");
        }
    }

    /**
     * Refuses what the described system does not do ({@code seed.txt}, <i>Limitations</i>), unless it was allowed.
     *
     * @throws ProblemException 400, saying what to do instead
     */
    public void refuseLimited(Settings.Limits limits) {
        if (format.around(compression) != Compression.NONE && !limits.compression()) {
            throw ProblemException.invalid(
                    "compression",
                    "must be none for " + format.extension() + ": " + path.location()
                            + " would be a compressed result of photon. Take the format pqt or avro, which compress inside,"
                            + " run the job on another environment, or let an administrator set"
                            + " wharf.limits.compression=true");
        }
        if (!singleFile && !isOneFileAnyway() && !limits.multiPartOutput()) {
            throw ProblemException.invalid(
                    "asSingleFile",
                    "must be true: " + path.location()
                            + " would be a result of several part files. Leave it out, or let an"
                            + " administrator set wharf.limits.multi-part-output=true");
        }
    }

    /** Clients of the original leave it false for formats of which several parts are its default. */
    private boolean isOneFileAnyway() {
        return format == ResultFormat.PQT || format == ResultFormat.AVRO;
    }

    /** The same as one file where nothing else is allowed. */
    public WriteSetting within(Settings.Limits limits) {
        return limits.multiPartOutput() ? this : new WriteSetting(path, format, compression, csv, true, varying);
    }

    /**
     * Refuses a path beside which the files of a profile have no room.
     *
     * @throws ProblemException 400
     */
    public void requireRoomForProfile() {
        ResultTarget.requireRoomForProfile(path);
    }

    /** What the name of its file ends in: {@code .csv.gz}. */
    public String ending() {
        return "." + format.extension() + format.around(compression).extension();
    }

    private static void refuseSuffix(String suffix) {
        if (suffix != null && !suffix.isEmpty() && !SUFFIX.equals(suffix)) {
            throw ProblemException.invalid(
                    "suffix",
                    "must be " + SUFFIX + ": every job writes into a folder of its own, with its number in the name");
        }
    }

    private static void refuseAction(String action) {
        if ("append".equals(action) || "overwrite".equals(action)) {
            throw ProblemException.invalid(
                    "action",
                    "must be create: " + action + " is not supported on S3; every job writes into a folder of its own");
        }
        if (!"create".equals(action)) {
            throw ProblemException.invalid("action", "must be create");
        }
    }

    private static char delimiter(String delimiter) {
        if (delimiter == null) {
            return ',';
        }
        if (delimiter.equals("\\t")) {
            return '\t';
        }
        if (delimiter.length() != 1) {
            throw ProblemException.invalid("delim", "must be one character");
        }
        return delimiter.charAt(0);
    }
}
