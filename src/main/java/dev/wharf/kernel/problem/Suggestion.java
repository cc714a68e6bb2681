package dev.wharf.kernel.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant by a name that there is not. */
public final class Suggestion {
    /** Longer names are no slips of the keyboard, and cost more to compare. */
    private static final int LONGEST = 64;

    private Suggestion() {}

    /**
     * As the end of a refusal: {@code ; did you mean region?}, or what there is, where nothing is near.
     *
     * @param known the names that there are; may be empty
     */
    public static String instead(String name, Collection<String> known) {
        return nearest(name, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse(known.isEmpty() ? "" : "; there are " + String.join(", ", known));
    }

    /** The known name that is nearest, if one is near: a third of its letters may be wrong, or two of them swapped. */
    static Optional<String> nearest(String name, Collection<String> known) {
        return name.length() > LONGEST
                ? Optional.empty()
                : known.stream()
                        .filter(one -> distance(one, name) <= Math.max(1, one.length() / 3))
                        .min(Comparator.comparingInt(one -> distance(one, name)));
    }

    /** Letters that are added, missing, wrong, or swapped with their neighbour (optimal string alignment). */
    private static int distance(String left, String right) {
        String one = left.toLowerCase(Locale.ROOT);
        String other = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int wrong = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + wrong);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[one.length()][other.length()];
    }
}
