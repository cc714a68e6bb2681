package dev.wharf.imports;

import dev.wharf.datasets.Found;
import dev.wharf.datasets.StructureView;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.structure.Member;
import dev.wharf.engine.structure.Structure;
import dev.wharf.engine.structure.StructureSample;
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
        /** Of any number, the first hundred. */
        private final List<String> keys = new ArrayList<>();

        private long count;

        private List<String> first(int most) {
            return List.copyOf(keys.subList(0, Math.min(most, keys.size())));
        }
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
    private long leftOut;
    private final List<String> leftOutKeys = new ArrayList<>();
    private final StructureSample sample = new StructureSample();
    private Structure structure;
    private ProblemException mismatch;

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
        sample.add(new Member(files - 1, object.key(), object.size(), object.etag()));
        Group group = formats.computeIfAbsent(kind, any -> new Group());
        group.count++;
        if (group.keys.size() < MAX_NAMES) {
            group.keys.add(object.key());
        }
        if (object.archived()) {
            archivedCount++;
            if (archived.size() < MAX_NAMES) {
                archived.add(object.key());
            }
        }
    }

    /** An archived file that the import goes on without. */
    void leaveOut(ObjectInfo object) {
        leftOut++;
        if (leftOutKeys.size() < MAX_NAMES) {
            leftOutKeys.add(object.key());
        }
    }

    /** Archived files that were left out. */
    long leftOut() {
        return leftOut;
    }

    /** Those that are looked into, of the files so far. */
    StructureSample sample() {
        return sample;
    }

    /** What the files were found to be; null where nobody looked. */
    void structure(Structure found) {
        structure = found;
    }

    /** Why they are not of one structure, where the import is only looked at. */
    void mismatch(ProblemException why) {
        mismatch = why;
    }

    /** What is kept with the files. */
    Found found() {
        return Found.of(structure, leftOut, leftOutKeys);
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
    void check(S3Uri source, Reading said) {
        for (ProblemException problem : problems(source, said)) {
            throw problem;
        }
    }

    /** All that speaks against the import of these files. */
    List<ProblemException> problems(S3Uri source, Reading said) {
        if (formats.isEmpty()) {
            return List.of(new ProblemException(
                    Problem.VALIDATION_FAILED,
                    source.location() + " holds no data: all of its objects (" + ignored()
                            + ") are ignored, as markers"
                            + " (*_SUCCESS, *_FAILED), hidden names (beginning with _ or .) or placeholders of folders"
                            + (leftOut == 0
                                    ? ""
                                    : "; and " + leftOut
                                            + (leftOut == 1 ? " is archived and was" : " are archived and were")
                                            + " left out")));
        }
        List<ProblemException> problems = new ArrayList<>();
        if (archivedCount > 0) {
            problems.add(new ProblemException(
                    Problem.STORE_REFUSED,
                    source.location() + ": " + archivedCount + (archivedCount == 1 ? " object is" : " objects are")
                            + " archived and cannot be read; have them restored (POST /vfsRestore with this address in"
                            + " uris), or import the others without them (archived=skip): "
                            + String.join(", ", archived)
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
                said.check(kind, group.keys.get(0));
            } catch (ProblemException unfit) {
                problems.add(unfit);
            }
        });
        if (mismatch != null) {
            problems.add(mismatch);
        }
        return problems;
    }

    /** Of the format that most files have a few are named; of the others, which are odd, all up to a hundred. */
    private String words(SourceFormat.Kind kind, Group group) {
        long most =
                formats.values().stream().mapToLong(each -> each.count).max().orElseThrow();
        var named = group.first(group.count == most ? MAX_EXAMPLES : MAX_NAMES);
        return group.count + " " + kind.title() + " (" + String.join(", ", named)
                + (group.count > named.size() ? " and " + (group.count - named.size()) + " more" : "") + ")";
    }

    /** All that was found, for whoever only wanted to know. */
    ImportReport report(S3Uri source, Reading said) {
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
                                entry.getValue().first(MAX_EXAMPLES)))
                        .toList(),
                new ImportReport.Ignored(ignored(), of(NoData.MARKER), of(NoData.HIDDEN), of(NoData.PLACEHOLDER)),
                archivedCount,
                leftOut,
                structure == null ? null : StructureView.of(found()),
                refusals);
    }

    private long of(NoData reason) {
        return ignored.getOrDefault(reason, 0L);
    }
}
