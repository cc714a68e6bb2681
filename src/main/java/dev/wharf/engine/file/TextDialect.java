package dev.wharf.engine.file;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.Objects;

/**
 * How delimited text is to be read, as far as somebody has said it; null where nobody has, and the file's own rows
 * decide. Where it was said, nothing else is tried.
 *
 * @param header whether the first row holds the names of the columns
 * @param delimiter what splits the values: one ASCII character; {@code tab} and {@code \t} are taken for a tab; empty
 *     where every line is one value, for which {@code none} is taken as well
 * @param encoding how the characters are written: a registered name (IANA), such as {@code windows-1252}
 * @param quote what encloses values that hold delimiters or line ends, doubled within them: one ASCII character, the
 *     double quote where it was not said; empty where there is none, for which {@code none} is taken as well
 */
public record TextDialect(Boolean header, String delimiter, String encoding, String quote) {
    /** No character: nothing encloses values, or splits them. */
    public static final char NONE = 0;

    /** Nothing was said. */
    public static final TextDialect UNSAID = new TextDialect(null, null, null, null);

    /** @throws ProblemException {@code VALIDATION_FAILED}, naming the field */
    public TextDialect {
        delimiter = "tab".equalsIgnoreCase(delimiter) || "\\t".equals(delimiter) ? "\t" : delimiter;
        delimiter = "none".equalsIgnoreCase(delimiter) ? "" : delimiter;
        quote = "none".equalsIgnoreCase(quote) ? "" : quote;
        encoding = encoding == null ? null : charset(encoding).name();
        if (delimiter != null && !delimiter.isEmpty() && !isCharacter(delimiter)) {
            throw noDelimiter();
        }
        if (quote != null && !quote.isEmpty() && (!isCharacter(quote) || quote.equals(" "))) {
            throw ProblemException.invalid(
                    "quote",
                    "must be one ASCII character, no blank and no line end, or \"none\" where values have no quotes");
        }
        if (delimiter != null && !delimiter.isEmpty() && delimiter.equals(Objects.requireNonNullElse(quote, "\""))) {
            throw ProblemException.invalid("delimiter", "must be another character than the quote");
        }
    }

    /**
     * What a caller has sent: whoever means no delimiter says {@code none}.
     *
     * @throws ProblemException {@code VALIDATION_FAILED}, naming the field
     */
    public static TextDialect sent(Boolean header, String delimiter, String encoding, String quote) {
        if ("".equals(delimiter)) {
            throw noDelimiter();
        }
        return new TextDialect(header, delimiter, encoding, quote);
    }

    private static ProblemException noDelimiter() {
        return ProblemException.invalid(
                "delimiter",
                "must be one ASCII character that ends no line, such as \";\"; \"tab\" is a tab, and \"none\" makes every"
                        + " line one value");
    }

    private static boolean isCharacter(String text) {
        return text.length() == 1 && "\0\r\n".indexOf(text.charAt(0)) < 0 && text.charAt(0) < 128;
    }

    private static Charset charset(String name) {
        try {
            var charset = Charset.forName(name);
            if (charset.isRegistered()) {
                return charset;
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            // reported below
        }
        throw ProblemException.invalid(
                "encoding",
                "must be the registered name of an encoding, such as UTF-8, UTF-16LE, UTF-16BE, ISO-8859-1 or"
                        + " windows-1252");
    }

    /** What is said here and, where nothing is, by another. */
    public TextDialect or(TextDialect other) {
        return new TextDialect(
                header == null ? other.header : header,
                delimiter == null ? other.delimiter : delimiter,
                encoding == null ? other.encoding : encoding,
                quote == null ? other.quote : quote);
    }

    /**
     * Refuses what was said of files to which it does not apply.
     *
     * @param fileName for the message
     * @throws ProblemException {@code VALIDATION_FAILED}, naming the fields
     */
    public void check(SourceFormat.Kind kind, String fileName) {
        var said = new LinkedHashMap<String, Object>();
        said.put("header", header);
        said.put("delimiter", delimiter);
        said.put("encoding", encoding);
        said.put("quote", quote);
        said.values().removeIf(Objects::isNull);
        if (!kind.delimited() && !said.isEmpty()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    String.join(", ", said.keySet()) + ": " + (said.size() == 1 ? "applies" : "apply")
                            + " to delimited text only, and " + fileName + " is " + kind.title() + ".");
        }
    }

    /** {@link #NONE} where there is none. */
    public char quoteCharacter() {
        if (quote == null) {
            return '"';
        }
        return quote.isEmpty() ? NONE : quote.charAt(0);
    }
}
