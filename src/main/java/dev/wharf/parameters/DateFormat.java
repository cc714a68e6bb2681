package dev.wharf.parameters;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.Part.Text;
import dev.wharf.parameters.Part.Within;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How dates are written in a path: tokens, and what stands between them. */
final class DateFormat {
    private static final int MAX = 100;
    private static final String TOKENS = "yyyy, yy, MMMM, MMM, MM, M, dd, d, HH, H, hh, mm, ss, SSS and X";
    /** All that are in use: what is written with X may come from any zone. */
    private static final Set<ZoneOffset> OFFSETS = offsets();

    private static final DateTimeFormatter OFFSET_OF_TIME = DateTimeFormatter.ofPattern("X", Locale.ROOT);

    /** @param token null for a literal text, which is empty where the offset stands */
    private record Piece(DateToken token, String text) {}

    private static final Piece OFFSET = new Piece(null, "");

    private final List<Piece> pieces = new ArrayList<>();
    private final EnumSet<DateField> fields = EnumSet.noneOf(DateField.class);
    private final String field;
    private final String format;
    private final boolean read;

    private DateFormat(String field, String format, boolean read) {
        this.field = field;
        this.format = format;
        this.read = read;
        if (format == null || format.isEmpty() || format.length() > MAX) {
            throw ProblemException.invalid(field, "must have 1 to " + MAX + " characters");
        }
        for (int at = 0; at < format.length(); ) {
            at = read(at);
        }
        if (fields.isEmpty()) {
            throw refuse("holds no token: known are " + TOKENS);
        }
    }

    /**
     * A format in which dates are found.
     *
     * @param field the field of the request that holds it
     * @throws ProblemException 400 for an unknown token, none at all, or one part of a date twice
     */
    static DateFormat read(String field, String format) {
        return new DateFormat(field, format, true);
    }

    /**
     * A format in which dates are only written, so that a part of one may stand in it as often as somebody wants.
     *
     * @throws ProblemException 400 for an unknown token, or none at all
     */
    static DateFormat written(String field, String format) {
        return new DateFormat(field, format, false);
    }

    private ProblemException refuse(String why) {
        return ProblemException.invalid(field, "\"" + format + "\" " + why);
    }

    /** @return where to read on */
    private int read(int at) {
        char first = format.charAt(at);
        if (first == '\'') {
            return quoted(at);
        }
        int end = at + 1;
        if (!isLetter(first)) {
            pieces.add(new Piece(null, String.valueOf(first)));
            return end;
        }
        while (end < format.length() && format.charAt(end) == first) {
            end++;
        }
        add(format.substring(at, end));
        return end;
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    private int quoted(int at) {
        int end = format.indexOf('\'', at + 1);
        if (end < 0) {
            throw refuse("opens a quote and does not close it: write '' for a quote itself");
        }
        pieces.add(new Piece(null, end == at + 1 ? "'" : format.substring(at + 1, end)));
        return end + 1;
    }

    private void add(String letters) {
        if (letters.equals("X") && !pieces.contains(OFFSET)) {
            pieces.add(OFFSET);
            return;
        }
        DateToken token = DateToken.of(letters);
        if (token == null) {
            throw refuse("holds \"" + letters + "\", which is no token: known are " + TOKENS
                    + "; letters that stand for themselves are put in quotes, as in 'T'");
        }
        if (!fields.add(token.field()) && read) {
            throw refuse("holds the " + token.field().name().toLowerCase(Locale.ROOT)
                    + " twice: make the second one a parameter of its own");
        }
        pieces.add(new Piece(token, null));
    }

    /**
     * A moment as this format shows it.
     *
     * @throws ProblemException 400 for a year that it cannot show
     */
    String written(ZonedDateTime moment) {
        var text = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece == OFFSET) {
                text.append(OFFSET_OF_TIME.format(moment));
            } else if (piece.token() == null) {
                text.append(piece.text());
            } else {
                String shown = piece.token().written(moment.toLocalDateTime());
                if (shown == null) {
                    throw refuse("cannot show the year " + moment.getYear());
                }
                text.append(shown);
            }
        }
        return text.toString();
    }

    /** The dates of a window, each as a sequence of parts; those that share all but one field are one. */
    List<List<Part>> choices(DateWindow window, ZoneId zone) {
        List<List<Part>> choices = new ArrayList<>();
        if (pieces.contains(OFFSET)) {
            OFFSETS.forEach(offset -> addChoices(window, offset, choices));
        } else {
            addChoices(window, zone, choices);
        }
        return choices;
    }

    private void addChoices(DateWindow window, ZoneId zone, List<List<Part>> choices) {
        DateField finest = fields.stream().max(DateField::compareTo).orElseThrow();
        for (DateWindow.Local span : window.in(zone)) {
            DateBoxes.of(span.from(), span.to(), finest).stream()
                    .map(box -> parts(box, zone))
                    .filter(parts -> !parts.contains(null) && !choices.contains(parts))
                    .forEach(choices::add);
        }
    }

    private List<Part> parts(Map<DateField, BitSet> box, ZoneId zone) {
        List<Part> parts = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece == OFFSET) {
                parts.add(new Within(written((ZoneOffset) zone)));
            } else {
                parts.add(
                        piece.token() == null
                                ? new Text(piece.text())
                                : piece.token().part(box.get(piece.token().field())));
            }
        }
        return parts.contains(null) ? parts : Part.joined(parts);
    }

    /** Z, +01, +0100 or +01:00; minutes are left out only where there are none. */
    private static String written(ZoneOffset offset) {
        if (offset.getTotalSeconds() == 0) {
            return "(?:Z|[+]00(?::?00)?)";
        }
        String id = offset.getId();
        String minutes = id.substring(4, 6);
        String sign = id.charAt(0) == '+' ? "[+]" : "-";
        return sign + id.substring(1, 3) + (minutes.equals("00") ? "(?::?00)?" : ":?" + minutes);
    }

    private static Set<ZoneOffset> offsets() {
        var offsets = new TreeSet<ZoneOffset>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            var rules = ZoneId.of(id).getRules();
            for (String day : List.of("2025-01-01T00:00:00Z", "2025-07-01T00:00:00Z")) {
                offsets.add(rules.getOffset(Instant.parse(day)));
            }
        }
        return offsets;
    }
}
