package dev.wharf.imports;

import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectNames.NoData;
import dev.wharf.store.S3Uri;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What an import has seen while its objects passed by, and what speaks against it; of any number, a bounded part is kept. */
final class Findings {
    private static final int MAX_NAMES = 100;
    private static final int MAX_EXAMPLES = 3;

    private static final class Group {
        private final List<String> examples = new ArrayList<>();
        private long count;
    }

    private final Map<SourceFormat.Kind, Group> formats = new EnumMap<>(SourceFormat.Kind.class);
    private final Map<NoData, Long> ignored = new EnumMap<>(NoData.class);
    private final List<String> archived = new ArrayList<>();
    private long archivedCount;
    private long files;
    private long bytes;
    private SourceFormat.Kind format;
    private String first;
    private String last;

    void ignore(NoData reason) {
        ignored.merge(reason, 1L, Long::sum);
    }

    void add(ObjectInfo object) {
        files++;
        bytes += object.size();
        var kind = SourceFormat.named(object.key()).kind();
        if (first == null) {
            first = object.key();
            format = kind;
        }
        last = object.key();
        Group group = formats.computeIfAbsent(kind, any -> new Group());
        group.count++;
        if (group.examples.size() < MAX_EXAMPLES) {
            group.examples.add(object.key());
        }
        if (object.archived()) {
            archivedCount++;
            if (archived.size() < MAX_NAMES) {
                archived.add(object.key());
            }
        }
    }

    /** Whether the import is refused, whatever else comes. */
    boolean refuses() {
        return archivedCount > 0 || formats.size() > 1;
    }

    /** Files, refused ones included. */
    long files() {
        return files;
    }

    /** The sizes of all files, in bytes. */
    long bytes() {
        return bytes;
    }

    /** Objects that are no data. */
    long ignored() {
        return ignored.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Files for which the import is refused: archived ones, and those of another format than the first. */
    long refused() {
        return archivedCount
                + formats.entrySet().stream()
                        .filter(entry -> entry.getKey() != format)
                        .mapToLong(entry -> entry.getValue().count)
                        .sum();
    }

    /**
     * To be called when all files have passed.
     *
     * @param said how they are to be read
     * @throws ProblemException 400, naming the files and what to do
     */
    void check(S3Uri source, TextDialect said) {
        for (ProblemException problem : problems(source, said)) {
            throw problem;
        }
    }

    /** All that speaks against the import of these files. */
    List<ProblemException> problems(S3Uri source, TextDialect said) {
        if (formats.isEmpty()) {
            return List.of(
                    new ProblemException(
                            Problem.VALIDATION_FAILED,
                            source.location() + " holds no data: all of its objects (" + ignored()
                                    + ") are ignored, as markers"
                                    + " (*_SUCCESS, *_FAILED), hidden names (beginning with _ or .) or placeholders of folders"));
        }
        List<ProblemException> problems = new ArrayList<>();
        if (archivedCount > 0) {
            problems.add(new ProblemException(
                    Problem.STORE_REFUSED,
                    source.location() + ": " + archivedCount + (archivedCount == 1 ? " object is" : " objects are")
                            + " archived and cannot be read; have them restored (POST /vfsRestore with this address in"
                            + " uris), or import a folder without them: " + String.join(", ", archived)
                            + (archivedCount > archived.size()
                                    ? " and " + (archivedCount - archived.size()) + " more"
                                    : "")));
        }
        if (formats.size() > 1) {
            problems.add(new ProblemException(
                    Problem.VALIDATION_FAILED,
                    source.location() + " holds files of different formats: "
                            + formats.entrySet().stream()
                                    .map(entry -> words(entry.getKey(), entry.getValue()))
                                    .collect(Collectors.joining("; "))
                            + ". A dataset is of one format: be more specific in your folder selection"));
        }
        formats.forEach((kind, group) -> {
            try {
                said.check(kind, group.examples.get(0));
            } catch (ProblemException unfit) {
                problems.add(unfit);
            }
        });
        return problems;
    }

    private static String words(SourceFormat.Kind format, Group group) {
        return group.count + " " + format.title() + " (" + String.join(", ", group.examples)
                + (group.count > group.examples.size() ? ", …" : "") + ")";
    }

    /** All that was found, for whoever only wanted to know. */
    ImportReport report(S3Uri source, TextDialect said) {
        var refusals =
                problems(source, said).stream().map(ProblemException::detail).toList();
        return new ImportReport(
                source.toString(),
                refusals.isEmpty(),
                files,
                bytes,
                first,
                last,
                formats.entrySet().stream()
                        .map(entry -> new ImportReport.Format(
                                entry.getKey().name().toLowerCase(Locale.ROOT),
                                entry.getValue().count,
                                List.copyOf(entry.getValue().examples)))
                        .toList(),
                new ImportReport.Ignored(ignored(), of(NoData.MARKER), of(NoData.HIDDEN), of(NoData.PLACEHOLDER)),
                archivedCount,
                refusals);
    }

    private long of(NoData reason) {
        return ignored.getOrDefault(reason, 0L);
    }
}
