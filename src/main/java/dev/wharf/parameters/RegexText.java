package dev.wharf.parameters;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.wharf.kernel.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A regular expression that a caller has sent. RE2/J's time is linear in a key, but its memory is not in the expression:
 * {@code ((a{100}){100}){100}} is a million instructions, so what is repeated is counted before it is compiled.
 */
final class RegexText {
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_SIZE = 5_000;

    private final String regex;
    /** Of the groups that are open, from the innermost on: how large they are so far. */
    private final Deque<Long> sizes = new ArrayDeque<>();

    private long size;
    private long last;
    private boolean across;
    private int at;

    private RegexText(String regex) {
        this.regex = regex;
    }

    /**
     * @throws ProblemException 400 naming the field, if it is missing, too long, too large, or no expression of RE2
     */
    static Part part(String field, String regex) {
        if (regex == null || regex.isEmpty() || regex.length() > MAX_LENGTH) {
            throw ProblemException.invalid(
                    field,
                    "must be a regular expression of 1 to " + MAX_LENGTH + " characters"
                            + (regex == null ? "" : ", and has " + regex.length()));
        }
        if (regex.startsWith("^") || regex.endsWith("$") && !regex.endsWith("\\$")) {
            throw ProblemException.invalid(
                    field,
                    "must have no ^ at its beginning and no $ at its end: it always matches all of its place in the path");
        }
        var text = new RegexText(regex);
        text.read();
        return text.part(field, text.across);
    }

    /**
     * The same of an expression that was made of what the caller has sent, of which it is known whether it may match a slash.
     *
     * @throws ProblemException 400 naming the field, if it is too large
     */
    static Part translated(String field, String regex, boolean across) {
        var text = new RegexText(regex);
        text.read();
        return text.part(field, across);
    }

    private Part part(String field, boolean mayCross) {
        if (size > MAX_SIZE) {
            throw ProblemException.invalid(
                    field,
                    "repeats too much: repetitions of repetitions may come to " + MAX_SIZE + " characters in all");
        }
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw ProblemException.invalid(
                    field, "is no regular expression of RE2/J: " + e.getDescription() + ": " + e.getPattern());
        }
        String whole = "(?:" + regex + ")";
        return mayCross ? new Part.Across(whole) : new Part.Within(whole);
    }

    private void read() {
        while (at < regex.length()) {
            char character = regex.charAt(at++);
            switch (character) {
                case '(' -> open();
                case ')' -> close();
                case '{' -> repeat();
                case '[' -> set();
                case '\\' -> escape();
                case '.', '/' -> {
                    across = true;
                    add(1);
                }
                case '*', '+', '?', '|' -> size++;
                default -> add(1);
            }
        }
        while (!sizes.isEmpty()) {
            close();
        }
    }

    private void add(long added) {
        last = added;
        size += added;
    }

    private void open() {
        sizes.push(size);
        size = 1;
    }

    private void close() {
        if (!sizes.isEmpty()) {
            long group = size;
            size = sizes.pop();
            add(group);
        }
    }

    /** {n}, {n,} and {n,m}; all else in braces is text. Where it is too large already, it stays so. */
    private void repeat() {
        int end = regex.indexOf('}', at);
        String count = end < 0 ? "" : regex.substring(at, end);
        if (!count.matches("\\d{1,4}(,\\d{0,4})?")) {
            add(1);
            return;
        }
        int comma = count.indexOf(',');
        String most = comma >= 0 && comma < count.length() - 1 ? count.substring(comma + 1) : count.replace(",", "");
        size = Math.min(size - last + last * Math.max(1, Long.parseLong(most)), Integer.MAX_VALUE);
        last = Math.min(last * Math.max(1, Long.parseLong(most)), Integer.MAX_VALUE);
        at = end + 1;
    }

    /** Of a set it is enough to know whether a slash may be in it: in doubt, it is. */
    private void set() {
        int end = regex.indexOf(']', at + 1);
        String inside = end < 0 ? "" : regex.substring(at, end);
        boolean without = inside.startsWith("^") && inside.indexOf('/') > 0;
        across |= !without
                && (!inside.matches("(?:[A-Za-z0-9](?:-[A-Za-z0-9])?|[ _.,~@=+]|\\\\[dw.-]|-$|^-)+")
                        || crosses(inside));
        at = end < 0 ? at : end + 1;
        add(1);
    }

    /** Whether a range, such as A-z or +-Z, may go over other characters than the ends are. */
    private static boolean crosses(String inside) {
        for (int dash = inside.indexOf('-', 1); dash > 0 && dash < inside.length() - 1; ) {
            if (kind(inside.charAt(dash - 1)) != kind(inside.charAt(dash + 1))) {
                return true;
            }
            dash = inside.indexOf('-', dash + 1);
        }
        return false;
    }

    private static int kind(char character) {
        return Character.isDigit(character) ? 0 : Character.isUpperCase(character) ? 1 : 2;
    }

    private void escape() {
        char escaped = at < regex.length() ? regex.charAt(at++) : '\\';
        across |= "dwsbB.*+?()[]{}|^$\\-_ ".indexOf(escaped) < 0;
        add(1);
    }
}
