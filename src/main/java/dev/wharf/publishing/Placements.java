package dev.wharf.publishing;

import dev.wharf.jobs.Publication;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.publishing.PublishJob.Result;
import dev.wharf.storage.ResultPath;
import dev.wharf.store.S3Uri;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides where the files of a job go, without asking anybody: {@code <folder of path>/<name>_<jobGroupId>/<file>}, so
 * that no job ever meets another's files. Refuses what is not supported on S3
 * ({@code seed.txt}, <i>Limitations</i> and <i>Publishing</i>).
 */
final class Placements {
    static final String MARKER = ResultPath.MARKER;

    static final Set<String> FORMATS = Set.of("csv", "json", "pqt", "avro", "hyper");
    private static final Set<String> COMPRESSIONS = Set.of("none", "gzip", "bzip2", "snappy", "zstd", "deflate");
    /** Their compression is inside the file. */
    private static final Set<String> COMPRESSED_INSIDE = Set.of("pqt", "avro");

    private static final Pattern ENDINGS = Pattern.compile(
            "(?i)(\\.(csv|tsv|txt|json|jsonl|ndjson|pqt|parquet|avro|hyper))?(\\.(gz|bz2|snappy|zst))?$");

    private final Publication job;
    private final Settings.Limits limits;
    private final String baseBucket;

    /**
     * @param limits what is allowed of several files and of compression
     * @param baseBucket the bucket of base storage, empty where there is none
     */
    Placements(Publication job, Settings.Limits limits, String baseBucket) {
        this.job = job;
        this.limits = limits;
        this.baseBucket = baseBucket;
    }

    /**
     * The placements of all files, in the message's order.
     *
     * @throws ProblemException 400 if one cannot be, saying what to do instead
     */
    List<Placement> of(PublishJob message) {
        List<Placement> placements = new ArrayList<>();
        for (int output = 1; output <= message.results().size(); output++) {
            placements.addAll(of(output, message.results().get(output - 1)));
        }
        placements.addAll(ofProfile(message.profile(), placements));
        Set<String> places = new HashSet<>();
        for (Placement placement : placements) {
            // Two connections may reach one bucket, so the connection does not tell places apart.
            if (!places.add(placement.target().location())) {
                throw refused("Two results end in " + placement.target().location()
                        + ": give them different paths, or their files different names");
            }
        }
        return placements;
    }

    /** Beside the results in each folder: whoever may read those may read it, and nobody else. */
    private static List<Placement> ofProfile(List<String> files, List<Placement> results) {
        Map<String, Placement> folders = new LinkedHashMap<>();
        results.forEach(result -> folders.putIfAbsent(result.folder().location(), result));
        return folders.values().stream()
                .flatMap(result -> files.stream().map(file -> ofProfile(file, result)))
                .toList();
    }

    private static Placement ofProfile(String file, Placement result) {
        S3Uri folder = result.folder();
        String key = folder.key() + Placement.PROFILER + lastSegment(file);
        return new Placement(result.output(), file, folder.withKey(key), true);
    }

    private List<Placement> of(int output, Result result) {
        refuseUnsupported(result);
        S3Uri path = target(result.path());
        String folder = path.key().substring(0, path.key().lastIndexOf('/') + 1);
        String name = path.isFolder() ? job.name().replace('/', '_') : stem(path.name());
        String place = folder + name + "_" + job.jobGroupId() + "/";
        boolean ownName =
                path.isFolder() || !result.asSingleFile() || result.files().size() > 1;
        return result.files().stream()
                .map(source -> {
                    String file = ownName ? lastSegment(source) : path.name();
                    if (file.equals(MARKER)) {
                        throw refused("The file " + source + " cannot keep its name: " + MARKER
                                + " marks a job folder as complete");
                    }
                    return new Placement(output, source, path.withKey(place + file), false);
                })
                .toList();
    }

    private void refuseUnsupported(Result result) {
        switch (result.action()) {
            case "create" -> {}
            case "append" ->
                throw refused("append is not possible on S3 (" + result.path()
                        + "): use the action create, which writes each job to a folder of its own");
            case "overwrite" ->
                throw refused("overwrite is refused (" + result.path()
                        + "): nothing is ever replaced. Use the action create, which writes each job to a folder of"
                        + " its own");
            default -> throw refused("action must be create, and is \"" + result.action() + "\"");
        }
        if (!FORMATS.contains(result.format())) {
            throw refused("format must be csv, json, pqt, avro or hyper, and is \"" + result.format() + "\"");
        }
        if (!COMPRESSIONS.contains(result.compression())) {
            throw refused("compression must be none, gzip, bzip2, snappy, zstd or deflate, and is \""
                    + result.compression() + "\"");
        }
        if (job.execution().equals("photon")
                && !result.compression().equals("none")
                && !COMPRESSED_INSIDE.contains(result.format())
                && !limits.compression()) {
            throw refused("Results of photon cannot be compressed (" + result.path()
                    + "): use compression none, or let an administrator set wharf.limits.compression=true");
        }
        if (result.files().size() > 1 && !limits.multiPartOutput()) {
            throw refused(result.path() + " has " + result.files().size()
                    + " part files, and a result is one file: write it as a single file, or let an"
                    + " administrator set wharf.limits.multi-part-output=true");
        }
    }

    private S3Uri target(String text) {
        S3Uri path = S3Uri.parse("path", text);
        ResultPath.check(path, baseBucket);
        return path;
    }

    /** {@code .csv.gz} of {@code orders.csv.gz}; empty where a name promises nothing. */
    static String ending(String file) {
        var ending = ENDINGS.matcher(file);
        return ending.find() ? ending.group().toLowerCase(Locale.ROOT) : "";
    }

    /** {@code orders} of {@code orders.csv} and {@code orders.csv.gz}; a name that is all ending stays whole. */
    private static String stem(String file) {
        String stem = ENDINGS.matcher(file).replaceFirst("");
        return stem.isEmpty() ? file : stem;
    }

    private static String lastSegment(String source) {
        String name = source.startsWith("s3://")
                ? S3Uri.parse(source).name()
                : SentSource.is(source)
                        ? SentSource.fileName(source)
                        : LocalFiles.path(source).getFileName().toString();
        if (name.isEmpty()) {
            throw refused(source + " names no file");
        }
        return name;
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.VALIDATION_FAILED, detail);
    }
}
