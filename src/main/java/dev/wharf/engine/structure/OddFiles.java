package dev.wharf.engine.structure;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Files that do not fit the others, or cannot be read: of any number, the first hundred are named. */
final class OddFiles {
    private static final int NAMED = 100;
    private static final int LONGEST = 400;

    private record Odd(long number, String words) {}

    private final TreeSet<Odd> first =
            new TreeSet<>(Comparator.comparingLong(Odd::number).thenComparing(Odd::words));
    private long count;

    /** @param words the file's key, and what is wrong with it */
    void add(Member member, String words) {
        count++;
        var bounded = words.length() > LONGEST ? words.substring(0, LONGEST) + " …" : words;
        first.add(
                new Odd(member.number(), bounded.endsWith(".") ? bounded.substring(0, bounded.length() - 1) : bounded));
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

    String words() {
        return first.stream().map(Odd::words).collect(Collectors.joining("; "))
                + (count > first.size() ? "; and " + (count - first.size()) + " more" : "");
    }
}
