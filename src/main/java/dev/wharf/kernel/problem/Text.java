package dev.wharf.kernel.problem;

/** Text that people give to things. */
public final class Text {
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

    private static String printable(String field, String value) {
        if (value.indexOf('\0') >= 0 || value.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff)) {
            throw ProblemException.invalid(field, "must be text: it holds a NUL or half a character");
        }
        return value;
    }
}
