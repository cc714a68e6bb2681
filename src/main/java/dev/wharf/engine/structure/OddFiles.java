package dev.wharf.engine.structure;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Files that do not fit the others, or cannot be read: of any number, the first hundred are named. */
final class OddFiles {
    private static final int NAMED = 100;
    private static final int LONGEST = 400;
    private static final int COLUMNS = 8;

    private record Odd(long number, String key, String words) {}

    private final TreeSet<Odd> first =
            new TreeSet<>(Comparator.comparingLong(Odd::number).thenComparing(Odd::words));
    private long count;

    /** @param words the file's key, and what is wrong with it */
    void add(Member member, String words) {
        count++;
        var bounded = words.length() > LONGEST ? words.substring(0, LONGEST) + " …" : words;
        first.add(new Odd(
                member.number(),
                member.key(),
                bounded.endsWith(".") ? bounded.substring(0, bounded.length() - 1) : bounded));
        if (first.size() > NAMED) {
            first.pollLast();
        }
    }

    /** Counts some that are not named. */
    void more(long others) {
        count += others;
    }

    long count() {
        return count;
    }

    /**
     * Why there is no dataset of these files.
     *
     * @param location of all files
     * @param files how many there are
     * @param looked into how many it was looked
     * @param reference with which they were compared; null where none can be read
     * @param columns of that one
     */
    OddFilesException refusal(String location, long files, long looked, Member reference, List<String> columns) {
        if (files == 1) {
            return none(words() + ".");
        }
        if (reference == null || count >= looked) {
            return none(location + ": none of the " + looked + " files that were looked into can be read: " + words()
                    + ". Mend these files, or how they are read");
        }
        boolean most = 2 * count > looked;
        return new OddFilesException(
                Problem.VALIDATION_FAILED,
                location + ": " + count + " of the " + looked + " files that were looked into "
                        + (count == 1 ? "is" : "are") + " not of one structure with the others: "
                        + (count == 1 ? "it does" : "they do") + " not fit " + reference.key() + " (" + list(columns)
                        + ") or cannot be read: " + words() + ". "
                        + (most
                                ? "As they are more than half of them, " + reference.key()
                                        + " may be the one that is odd. "
                                : "")
                        + "All files of a dataset have one format and one structure: be more specific in your folder"
                        + " selection, or mend these files",
                most ? Map.of(reference.key(), reference.key() + " differs from most others") : named(),
                most || isComplete(),
                false);
    }

    private OddFilesException none(String detail) {
        return new OddFilesException(Problem.VALIDATION_FAILED, detail, named(), isComplete(), true);
    }

    /** The one file that was looked into, in the words of what is wrong with it. */
    OddFilesException refusal(ProblemException failure) {
        return new OddFilesException(failure.problem(), failure.detail(), named(), isComplete(), true);
    }

    private boolean isComplete() {
        return count == first.size();
    }

    private Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        first.forEach(odd -> named.put(odd.key(), odd.words()));
        return named;
    }

    private static String list(List<String> columns) {
        return columns.stream().limit(COLUMNS).collect(Collectors.joining(", "))
                + (columns.size() > COLUMNS ? " and " + (columns.size() - COLUMNS) + " more" : "");
    }

    private String words() {
        return first.stream().map(Odd::words).collect(Collectors.joining("; "))
                + (count > first.size() ? "; and " + (count - first.size()) + " more" : "");
    }
}
