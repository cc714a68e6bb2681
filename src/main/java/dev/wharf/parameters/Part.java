package dev.wharf.parameters;

import com.google.re2j.Pattern;
import dev.wharf.store.KeyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A piece of a path whose parameters have been resolved. */
sealed interface Part {
    /** The same as a regular expression of RE2/J, which can be followed by a quantifier. */
    String regex();

    /** What everything begins with that this part matches, as far as it is known. */
    String lead();

    /** Itself, slashes included. */
    record Text(String text) implements Part {
        @Override
        public String regex() {
            return Pattern.quote(text);
        }

        @Override
        public String lead() {
            return text;
        }
    }

    /** Something that varies within one level of folders: it never matches a slash. */
    record Within(String regex, String lead) implements Part {
        Within(String regex) {
            this(regex, "");
        }
    }

    /** Something that may match slashes, so that nothing is known of the folders from there on. */
    record Across(String regex) implements Part {
        @Override
        public String lead() {
            return "";
        }
    }

    /** One of several sequences of {@link Text} and {@link Within}; of none, nothing matches. */
    record Either(List<List<Part>> choices) implements Part {
        private static final String NOTHING = "[^\\x00-\\x{10FFFF}]";

        @Override
        public String regex() {
            return choices.isEmpty()
                    ? NOTHING
                    : choices.stream().map(Part::regexOf).distinct().collect(Collectors.joining("|", "(?:", ")"));
        }

        @Override
        public String lead() {
            return common(choices.stream().map(Part::leadOf).toList());
        }

        boolean hasSlash() {
            return choices.stream()
                    .flatMap(List::stream)
                    .anyMatch(part -> part instanceof Text text && text.text().indexOf('/') >= 0);
        }
    }

    static String regexOf(List<Part> parts) {
        return parts.stream().map(Part::regex).collect(Collectors.joining());
    }

    static String leadOf(List<Part> parts) {
        var lead = new StringBuilder();
        for (Part part : parts) {
            lead.append(part.lead());
            if (!(part instanceof Text)) {
                break;
            }
        }
        return lead.toString();
    }

    /** The longest text that all begin with, not ending within a character. */
    static String common(List<String> texts) {
        if (texts.isEmpty()) {
            return "";
        }
        String common = texts.get(0);
        for (String text : texts) {
            common = common.substring(0, KeyOrder.common(common, text));
        }
        boolean half = !common.isEmpty() && Character.isHighSurrogate(common.charAt(common.length() - 1));
        return half ? common.substring(0, common.length() - 1) : common;
    }

    /** The same sequence with texts that follow each other in one. */
    static List<Part> joined(List<Part> parts) {
        List<Part> joined = new ArrayList<>();
        for (Part part : parts) {
            Part last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (part instanceof Text text && last instanceof Text before) {
                joined.set(joined.size() - 1, new Text(before.text() + text.text()));
            } else if (!(part instanceof Text text && text.text().isEmpty())) {
                joined.add(part);
            }
        }
        return joined;
    }
}
