package dev.wharf.kernel.problem;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Text that people give to things. */
public final class Text {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

    private Text() {}

    /**
     * A name: not blank, not too long, and of characters that every database and log can hold.
     *
     * @param max its length at most, in UTF-16 units
     * @throws ProblemException 400 naming the field
     */
    public static String name(String field, String value, int max) {
        if (value == null || value.isBlank() || value.length() > max) {
            throw ProblemException.invalid(field, "must have 1 to " + max + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(field, "must not hold control characters or line ends");
        }
        return printable(field, value);
    }

    /**
     * A description: may be missing, and may have lines.
     *
     * @throws ProblemException 400 naming the field
     */
    public static String description(String field, String value, int max) {
        if (value == null) {
            return null;
        }
        if (value.length() > max) {
            throw ProblemException.invalid(field, "must have at most " + max + " characters");
        }
        return printable(field, value);
    }

    /** The beginning of a text, which ends in no half of a character. */
    public static String cut(String text, int max) {
        int end = Math.min(text.length(), max);
        return text.substring(0, end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end);
    }

    private static String printable(String field, String value) {
        if (value.indexOf('\0') >= 0 || value.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff)) {
            throw ProblemException.invalid(field, "must be text: it holds a NUL or half a character");
        }
        return value;
    }

    /**
     * The whole number that a text is, as JSON writes one (RFC 8259 §6): ASCII digits, without a plus and without zeros in
     * front. Java would take {@code +1}, {@code 01} and the digits of every script as well, so that one thing had several
     * names.
     *
     * @return empty if it is none, or more than 64 bits hold
     */
    public static OptionalLong wholeNumber(String text) {
        if (text == null || !WHOLE_NUMBER.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }
}
