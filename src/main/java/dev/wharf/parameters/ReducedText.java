package dev.wharf.parameters;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.Part.Text;
import dev.wharf.parameters.RunParameter.InsertionIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A path, or a bucket's name, without the texts of its parameters, and what is to be put into it where: the offsets count in
 * the text as it is here ({@code domain.md} §3.6).
 */
final class ReducedText {
    /** More of them in one path would not be read by anybody. */
    private static final int MAX_INSERTIONS = 100;

    private record Insertion(int index, int order, Filling filling) {}

    private final String field;
    private final String text;
    private final int least;
    private final List<Insertion> insertions = new ArrayList<>();

    /** @param field the field of the request that holds the text */
    ReducedText(String field, String text) {
        this(field, text, 0);
    }

    /** @param least the first offset at which something may stand */
    ReducedText(String field, String text, int least) {
        this.field = field;
        this.text = text;
        this.least = least;
    }

    /**
     * Adds a parameter.
     *
     * @param path the field of the request that holds it
     * @throws ProblemException 400 if it is inserted nowhere, beyond the text, or where another one is
     */
    void insert(String path, List<InsertionIndex> indices, Filling filling) {
        if (indices == null || indices.isEmpty()) {
            throw ProblemException.invalid(
                    path + ".insertionIndices", "is missing: say where in " + field + " the parameter stands");
        }
        for (int i = 0; i < indices.size(); i++) {
            String place = path + ".insertionIndices[" + i + "]";
            if (indices.get(i) == null || indices.get(i).index() == null) {
                throw ProblemException.invalid(place + ".index", "is missing");
            }
            insert(place, indices.get(i).index(), indices.get(i).order(), filling);
        }
    }

    private void insert(String place, int index, int order, Filling filling) {
        if (index < 0 || index > text.length()) {
            throw ProblemException.invalid(
                    place + ".index",
                    "is " + index + ", which lies outside of " + field + ": \"" + text + "\" has " + text.length()
                            + " characters, the texts of the parameters left out");
        }
        if (index < least) {
            throw ProblemException.invalid(
                    place + ".index",
                    "is " + index + ", which lies before the key: parameters stand behind \"" + text.substring(0, least)
                            + "\", from " + least + " on");
        }
        if (index > 0
                && index < text.length()
                && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index))) {
            throw ProblemException.invalid(place + ".index", "is " + index + ", which lies within a character");
        }
        if (order < 0) {
            throw ProblemException.invalid(place + ".order", "must be 0 or more");
        }
        if (insertions.stream().anyMatch(other -> other.index() == index && other.order() == order)) {
            throw ProblemException.invalid(
                    place,
                    "has the index " + index + " and the order " + order + " of another parameter: give them different"
                            + " orders, the first one 0");
        }
        if (insertions.size() == MAX_INSERTIONS) {
            throw ProblemException.invalid(place, "is one too many: a path holds at most " + MAX_INSERTIONS);
        }
        insertions.add(new Insertion(index, order, filling));
    }

    boolean hasParameters() {
        return !insertions.isEmpty();
    }

    /** What is before the first parameter. */
    String beginning() {
        return text.substring(
                0, insertions.stream().mapToInt(Insertion::index).min().orElse(text.length()));
    }

    /** The text with what stands in it. */
    List<Part> parts(Matching matching) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (Insertion insertion : insertions.stream()
                .sorted(Comparator.comparing(Insertion::index).thenComparing(Insertion::order))
                .toList()) {
            parts.add(new Text(text.substring(from, insertion.index())));
            parts.add(insertion.filling().part(matching));
            from = insertion.index();
        }
        parts.add(new Text(text.substring(from)));
        return Part.joined(parts);
    }
}
