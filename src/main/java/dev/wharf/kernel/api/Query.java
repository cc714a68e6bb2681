package dev.wharf.kernel.api;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The query of a request, read from its raw text so that keys survive: {@code +} is a plus sign, a second {@code ?} is
 * a character like others (the command of {@code seed.txt} has one), and bytes that were not percent-encoded are UTF-8.
 */
public final class Query {
    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads what follows the first {@code ?} of a request line; null means nothing.
     *
     * @throws ProblemException 400 for a broken percent-encoding, or text that is not UTF-8
     */
    public static Query parse(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
        }
        return new Query(values);
    }

    /** A query that Wharf itself makes. */
    public static Query of(Map<String, String> values) {
        Map<String, List<String>> each = new LinkedHashMap<>();
        values.forEach((name, value) -> each.put(name, List.of(value)));
        return new Query(each);
    }

    /** The names of all that is given, in their order. */
    public Set<String> names() {
        return values.keySet();
    }

    /**
     * @throws ProblemException 400 if it is given twice
     */
    public Optional<String> get(String name) {
        List<String> given = all(name);
        if (given.size() > 1) {
            throw ProblemException.invalid(name, "is given twice (a & inside a value is written %26)");
        }
        return given.stream().findFirst();
    }

    /** Of what may be given several times. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /**
     * What is to be compared with texts of the registry.
     *
     * @throws ProblemException 400 if it holds a NUL, which PostgreSQL has in no text
     */
    public Optional<String> text(String name) {
        Optional<String> value = get(name);
        if (value.filter(text -> text.indexOf('\0') >= 0).isPresent()) {
            throw ProblemException.invalid(name, "must be text: it holds a NUL");
        }
        return value;
    }

    /**
     * @throws ProblemException 400 if it is missing
     */
    public String require(String name) {
        return get(name).orElseThrow(() -> ProblemException.invalid(name, "is missing from the query"));
    }

    /**
     * @throws ProblemException 400 if it is there and not a whole number from {@code min} to {@code max}
     */
    public int number(String name, int defaultValue, int min, int max) {
        Optional<String> value = get(name);
        if (value.isEmpty()) {
            return defaultValue;
        }
        OptionalLong number = Text.wholeNumber(value.get());
        if (number.isPresent() && number.getAsLong() >= min && number.getAsLong() <= max) {
            return (int) number.getAsLong();
        }
        throw ProblemException.invalid(name, "must be a whole number from " + min + " to " + max);
    }

    /**
     * The id of something, from 1.
     *
     * @throws ProblemException 400 if it is there and none
     */
    public Optional<Long> id(String name) {
        return get(name).map(given -> (long) number(name, 0, 1, Integer.MAX_VALUE));
    }

    /**
     * In any case: Python writes {@code True}.
     *
     * @throws ProblemException 400 if it is there and neither {@code true} nor {@code false}
     */
    public boolean flag(String name) {
        return switch (get(name).orElse("false").toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.invalid(name, "must be true or false");
        };
    }

    private static String decode(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.put((byte) hex(text, i + 1));
                i += 2;
            } else if (c < 0x100) {
                bytes.put((byte) c); // the request line is Latin-1 to the server: the byte is as it was sent
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.invalid("The query", "is not UTF-8");
        }
    }

    private static int hex(String text, int start) {
        int high = start + 1 < text.length() ? Character.digit(text.charAt(start), 16) : -1;
        int low = start + 1 < text.length() ? Character.digit(text.charAt(start + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw ProblemException.invalid("The query", "has a % that is not followed by two hexadecimal digits");
        }
        return high << 4 | low;
    }
}
