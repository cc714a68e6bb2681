package dev.wharf.parameters;

import com.google.re2j.Pattern;
import dev.wharf.kernel.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Trifacta pattern ({@code domain.md} §6) as a regular expression: {@code %} is any character, {@code #} a digit,
 * {@code {alpha}} and its like a character of a kind; {@code ?}, {@code *}, {@code +}, {@code {3}} and {@code {3,5}} repeat
 * what is before them; a backslash takes the next character as it is; all else is itself. Only a slash matches a slash:
 * the rest stays within one level of folders, as a wildcard does.
 */
final class TrifactaPattern {
    private static final int MAX_LENGTH = 1_000;
    private static final Map<String, String> KINDS = kinds();

    private final String field;
    private final String pattern;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private boolean repeatable;

    private TrifactaPattern(String field, String pattern) {
        this.field = field;
        this.pattern = pattern;
    }

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("any", "[^/]");
        kinds.put("alpha", "[A-Za-z]");
        kinds.put("upper", "[A-Z]");
        kinds.put("lower", "[a-z]");
        kinds.put("digit", "[0-9]");
        kinds.put("alphanum", "[A-Za-z0-9]");
        kinds.put("alphanum-underscore", "[A-Za-z0-9_]");
        kinds.put("delim", "[ \\t,;:|._-]");
        kinds.put("delim-ws", "[ \\t]*[ \\t,;:|._-][ \\t]*");
        kinds.put("start", "");
        kinds.put("end", "");
        return kinds;
    }

    /**
     * @throws ProblemException 400 naming the field, if it is missing, too long or holds what is no pattern
     */
    static Part part(String field, String pattern) {
        if (pattern == null || pattern.isEmpty() || pattern.length() > MAX_LENGTH) {
            throw ProblemException.invalid(field, "must have 1 to " + MAX_LENGTH + " characters");
        }
        var translated = new TrifactaPattern(field, pattern);
        while (translated.at < pattern.length()) {
            translated.next();
        }
        return RegexText.translated(field, translated.regex.toString(), pattern.indexOf('/') >= 0);
    }

    private void next() {
        int character = pattern.codePointAt(at);
        at += Character.charCount(character);
        switch (character) {
            case '%' -> unit("[^/]");
            case '#' -> unit("[0-9]");
            case '{' -> braces();
            case '?', '*', '+' -> repeat(String.valueOf((char) character));
            case '\\' -> escaped();
            default -> unit(Pattern.quote(Character.toString(character)));
        }
    }

    private void unit(String expression) {
        regex.append("(?:").append(expression).append(')');
        repeatable = true;
    }

    private void repeat(String how) {
        if (!repeatable) {
            throw refuse("has \"" + how + "\" after nothing that can be repeated; write \\" + how
                    + " for the character itself");
        }
        regex.append(how);
        repeatable = false;
    }

    private void escaped() {
        if (at == pattern.length()) {
            throw refuse("ends in a backslash: write \\\\ for the character itself");
        }
        int character = pattern.codePointAt(at);
        at += Character.charCount(character);
        unit(Pattern.quote(Character.toString(character)));
    }

    private void braces() {
        int begin = at - 1;
        int end = pattern.indexOf('}', at);
        if (end < 0) {
            throw refuse("opens a brace and does not close it; write \\{ for the character itself");
        }
        String inside = pattern.substring(at, end);
        at = end + 1;
        if (inside.matches("\\d{1,4}(,\\d{0,4})?")) {
            repeat("{" + inside + "}");
            return;
        }
        String kind = KINDS.get(inside);
        if (kind == null) {
            throw refuse("holds {" + inside + "}, which is not known: there are {" + String.join("}, {", KINDS.keySet())
                    + "}; write \\{ for the character itself");
        }
        if (!kind.isEmpty()) {
            unit(kind);
        } else if (inside.equals("start") ? begin > 0 : at < pattern.length()) {
            throw refuse("holds {" + inside + "} in its middle: it always matches all of its place in the path");
        }
    }

    private ProblemException refuse(String why) {
        return ProblemException.invalid(field, why);
    }
}
