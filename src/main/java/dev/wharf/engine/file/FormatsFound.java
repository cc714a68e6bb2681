package dev.wharf.engine.file;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts the formats of a folder's files, one name at a time, and holds no more than one example of each. Not safe for
 * use by several threads.
 */
public final class FormatsFound {
    /**
     * Files of one kind.
     *
     * @param example name of the first one
     * @param count how many, the first one included
     */
    public record Found(String example, long count) {}

    private final Map<SourceFormat.Kind, Found> found = new EnumMap<>(SourceFormat.Kind.class);

    /** @throws ProblemException {@code VALIDATION_FAILED} where the format is not read */
    public void add(String fileName) {
        found.merge(
                SourceFormat.of(fileName).kind(),
                new Found(fileName, 1),
                (seen, ignored) -> new Found(seen.example(), seen.count() + 1));
    }

    /** Each kind with its example; empty before the first file. */
    public Map<SourceFormat.Kind, Found> found() {
        return Map.copyOf(found);
    }

    /** @throws ProblemException {@code VALIDATION_FAILED} where files of several kinds were added; names one of each */
    public SourceFormat.Kind single() {
        if (found.size() == 1) {
            return found.keySet().iterator().next();
        }
        if (found.isEmpty()) {
            throw new ProblemException(Problem.VALIDATION_FAILED, "There is no file to read.");
        }
        throw new ProblemException(
                Problem.VALIDATION_FAILED,
                "The files are of several formats: "
                        + found.entrySet().stream()
                                .map(entry -> entry.getKey().title() + " (" + count(entry.getValue()) + ")")
                                .collect(Collectors.joining(", "))
                        + ". Keep one format in a folder.");
    }

    private static String count(Found found) {
        return found.count() == 1 ? found.example() : found.count() + " files, such as " + found.example();
    }
}
