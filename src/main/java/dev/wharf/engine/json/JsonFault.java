package dev.wharf.engine.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the parser says of text that is no JSON, without its advice for programmers. */
final class JsonFault {
    private static final Map<Pattern, String> WORDS = words();
    private static final int LONGEST = 100;

    private JsonFault() {}

    /** As it goes on behind "is not valid JSON: ". */
    static String words(String parsers) {
        for (var known : WORDS.entrySet()) {
            var found = known.getKey().matcher(parsers);
            if (found.find()) {
                var words = known.getValue();
                if (found.groupCount() > 0) {
                    var group = found.group(1);
                    words = words.replace("$", group.length() > LONGEST ? group.substring(0, LONGEST) + " …" : group);
                }
                return words;
            }
        }
        return "it is not written as JSON is";
    }

    private static Map<Pattern, String> words() {
        var words = new LinkedHashMap<Pattern, String>();
        add(words, "PLUS_SIGN|plus sign", "a number begins with +, as none of JSON does");
        add(words, "[Ll]eading zeroes", "a number begins with 0 and goes on");
        add(words, "Decimal point not followed|TRAILING_DECIMAL_POINT", "a number ends in its decimal point");
        add(words, "Exponent indicator not followed", "a number ends in its exponent's sign");
        add(words, "omment", "it has a comment, as no JSON has");
        add(words, "quoted.*\\(\\(CTRL-CHAR, (code \\d+)\\)", "a text has a control character ($) that is not escaped");
        add(words, "\\(CTRL-CHAR, (code \\d+)\\)", "it has a control character ($)");
        add(words, "Unrecognized character escape (?:'(.)'|)", "a text has \\$, which is no escape of JSON");
        add(words, "in character escape sequence", "a text has \\u without four hexadecimal digits");
        add(words, "Unrecognized token '(.*?)'(?::|$)", "$ is no value of JSON; a text stands in double quotes");
        add(words, "Unexpected close marker '(.)'", "$ closes what it did not open");
        add(words, "character \\('(.)'.*start field name", "$ stands where a key in double quotes is expected");
        add(words, "character \\('(.)'.*(?:expecting|expected) comma", "$ stands where a comma is expected");
        add(words, "character \\('(.)'.*(?:expecting|expected) a colon", "$ stands where a colon is expected");
        add(words, "character \\('(.)'", "$ stands where a value is expected");
        return words;
    }

    private static void add(Map<Pattern, String> words, String parsers, String ours) {
        words.put(Pattern.compile(parsers, Pattern.DOTALL), ours);
    }
}
