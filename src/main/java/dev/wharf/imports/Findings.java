package dev.wharf.imports;

import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.S3Uri;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What speaks against an import, gathered while its files pass by; of any number, a bounded part is kept. */
final class Findings {
    private static final int MAX_NAMES = 100;
    private static final int MAX_EXAMPLES = 3;

    private static final class Group {
        private final List<String> examples = new ArrayList<>();
        private long count;
    }

    private final Map<SourceFormat.Kind, Group> formats = new EnumMap<>(SourceFormat.Kind.class);
    private final List<String> archived = new ArrayList<>();
    private long archivedCount;

    void add(ObjectInfo object) {
        Group group = formats.computeIfAbsent(SourceFormat.named(object.key()).kind(), format -> new Group());
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

    /** Whether there was any file. */
    boolean any() {
        return !formats.isEmpty();
    }

    /** Whether the import is refused, whatever else comes. */
    boolean refuses() {
        return archivedCount > 0 || formats.size() > 1;
    }

    /**
     * To be called when all files have passed.
     *
     * @param said how they are to be read
     * @throws ProblemException 400, naming the files and what to do
     */
    void check(S3Uri source, TextDialect said, long ignored) {
        if (formats.isEmpty()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    source.location() + " holds no data: all of its objects (" + ignored + ") are ignored, as markers"
                            + " (*_SUCCESS, *_FAILED), hidden names (beginning with _ or .) or placeholders of folders");
        }
        if (archivedCount > 0) {
            throw new ProblemException(
                    Problem.STORE_REFUSED,
                    source.location() + ": " + archivedCount + (archivedCount == 1 ? " object is" : " objects are")
                            + " archived and cannot be read; have them restored (POST /vfsRestore with this address in"
                            + " uris), or import a folder without them: " + String.join(", ", archived)
                            + (archivedCount > archived.size()
                                    ? " and " + (archivedCount - archived.size()) + " more"
                                    : ""));
        }
        if (formats.size() > 1) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    source.location() + " holds files of different formats: "
                            + formats.entrySet().stream()
                                    .map(entry -> words(entry.getKey(), entry.getValue()))
                                    .collect(Collectors.joining("; "))
                            + ". A dataset is of one format: be more specific in your folder selection");
        }
        formats.forEach((kind, group) -> said.check(kind, group.examples.get(0)));
    }

    private static String words(SourceFormat.Kind format, Group group) {
        return group.count + " " + format.title() + " (" + String.join(", ", group.examples)
                + (group.count > group.examples.size() ? ", …" : "") + ")";
    }
}
