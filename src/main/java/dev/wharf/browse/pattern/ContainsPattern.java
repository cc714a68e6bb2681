package dev.wharf.browse.pattern;

/** Names that hold a text; one with a slash is looked for in paths. */
public final class ContainsPattern implements NamePattern {
    private final char[] text;
    private final boolean ignoreCase;
    private final boolean ofPaths;

    /**
     * @param ignoreCase whether letters match in either case, one by one: no {@code ß} is an {@code SS}
     */
    public ContainsPattern(String text, boolean ignoreCase) {
        this.text = text.toCharArray();
        this.ignoreCase = ignoreCase;
        this.ofPaths = text.indexOf('/') >= 0;
        for (int i = 0; ignoreCase && i < this.text.length; i++) {
            this.text[i] = fold(this.text[i]);
        }
    }

    @Override
    public boolean matches(String key, int start, int end) {
        for (int from = start; from <= end - text.length; from++) {
            int length = 0;
            while (length < text.length && isSame(key.charAt(from + length), text[length])) {
                length++;
            }
            if (length == text.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean ofPaths() {
        return ofPaths;
    }

    private boolean isSame(char found, char wanted) {
        return found == wanted || ignoreCase && fold(found) == wanted;
    }

    /** Both ways, as {@link String#equalsIgnoreCase} does. */
    private static char fold(char letter) {
        return Character.toLowerCase(Character.toUpperCase(letter));
    }
}
