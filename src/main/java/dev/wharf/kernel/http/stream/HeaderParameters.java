package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a header such as {@code Content-Disposition: form-data; name="file"; filename="a,b.csv"}, as those send
 * them who make forms: RFC 9110 (5.6.6) with the habits of browsers and of curl. A name is what the client's file is called,
 * so nothing of it is cleaned away.
 */
final class HeaderParameters {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final String header;
    private int position;

    private HeaderParameters(String header) {
        this.header = header;
    }

    /**
     * @throws ProblemException 400 for a quoted text that does not end
     */
    static HeaderParameters of(String header) {
        var parameters = new HeaderParameters(header);
        parameters.position = end(header, 0);
        while (parameters.position < header.length()) {
            parameters.next();
        }
        return parameters;
    }

    private static int end(String text, int start) {
        int semicolon = text.indexOf(';', start);
        return semicolon < 0 ? text.length() : semicolon;
    }

    /** Stands at the semicolon before a parameter. */
    private void next() {
        int start = position + 1;
        int equals = header.indexOf('=', start);
        if (equals < 0 || equals > end(header, start)) {
            position = end(header, start); // no value: not a parameter
            return;
        }
        String name = header.substring(start, equals).strip().toLowerCase(Locale.ROOT);
        position = equals + 1;
        while (position < header.length() && header.charAt(position) == ' ') {
            position++;
        }
        boolean quoted = position < header.length() && header.charAt(position) == '"';
        values.putIfAbsent(name, quoted ? quoted(name) : token());
    }

    private String token() {
        int end = end(header, position);
        String token = header.substring(position, end).strip();
        position = end;
        return token;
    }

    /**
     * A backslash is an escape before a quote or another one only: browsers send the backslashes of a name as they are, and
     * curl before 7.81 escaped these two.
     */
    private String quoted(String name) {
        var text = new StringBuilder();
        for (int index = position + 1; index < header.length(); index++) {
            char c = header.charAt(index);
            boolean escapes = c == '\\'
                    && index + 1 < header.length()
                    && (header.charAt(index + 1) == '"' || header.charAt(index + 1) == '\\');
            if (escapes) {
                text.append(header.charAt(++index));
            } else if (c == '"') {
                position = end(header, index);
                return text.toString();
            } else {
                text.append(c);
            }
        }
        throw ProblemException.invalid(name, "has no closing quote in the form's Content-Disposition");
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * A parameter of a part of a form: as {@code <name>*} (RFC 8187) where it is given like this too, else with what
     * browsers encode in it: {@code %22}, {@code %0D} and {@code %0A}, and nothing else.
     *
     * @throws ProblemException 400 for an extended value that cannot be read
     */
    Optional<String> ofForm(String name) {
        String extended = values.get(name + "*");
        return extended != null
                ? Optional.of(extended(name, extended))
                : get(name).map(text -> text.replace("%22", "\"")
                        .replaceAll("(?i)%0D", "\r")
                        .replaceAll("(?i)%0A", "\n"));
    }

    private static String extended(String name, String value) {
        String[] parts = value.split("'", 3);
        if (parts.length == 3) {
            try {
                return Charset.forName(parts[0])
                        .newDecoder()
                        .decode(ByteBuffer.wrap(unescaped(parts[2])))
                        .toString();
            } catch (CharacterCodingException | IllegalArgumentException e) {
                // reported below
            }
        }
        throw ProblemException.invalid(name + "*", "must be as RFC 8187 has it, such as UTF-8''na%C3%AFve.csv");
    }

    private static byte[] unescaped(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) == '%') {
                if (index + 3 > text.length()) {
                    throw new IllegalArgumentException("Two digits are missing");
                }
                bytes.write(Integer.parseInt(text.substring(index + 1, index + 3), 16));
                index += 2;
            } else {
                bytes.writeBytes(text.substring(index, index + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
