package dev.wharf.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Object keys as S3 can hold them, above all those that somebody on the way would like to tidy up. */
public final class Keys extends DomainContextBase {
    private static final int MOST_BYTES = 1024;

    /** Kept by every layer, character for character; each stands for a way in which keys were lost elsewhere. */
    public static final List<String> TRICKY = List.of(
            " ",
            "  both ends  ",
            "a+b",
            "a%2Fb",
            "%00",
            "a%46",
            "100%",
            "//",
            "/a",
            "a//b",
            "a/./b",
            "a/../b",
            ".",
            "..",
            "../a",
            "trail/",
            "a?x=1#f",
            "?connectionId=1",
            "a?connectionId=x&uri=s3://b/c",
            "a&b=c;d",
            "${env.PATH}",
            "{{x}}",
            "RAW(x)",
            "#{T(java.lang.Runtime)}",
            "a\nb",
            "a\r\nb",
            "tab\t",
            "\u0001",
            "\u007f",
            "\\",
            "\"quoted\" 'too'",
            "<&>",
            "]]>",
            "&#x1;&amp;",
            "\u202Egnp.exe",
            "שלום",
            "\u00e9",
            "e\u0301",
            "😀",
            "\uFEFFbom",
            "\uFFFD",
            "日本語/データ.csv",
            "CASE",
            "case",
            "x".repeat(MOST_BYTES),
            "é".repeat(MOST_BYTES / 2));

    @Provide
    Arbitrary<String> keys() {
        Arbitrary<String> characters = Arbitraries.oneOf(
                Arbitraries.of(TRICKY),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(20),
                Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(40),
                Arbitraries.strings().withChars("/.%+?#& ab\n").ofMinLength(1).ofMaxLength(12));
        return characters
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("", parts))
                .map(Keys::onlyUnicode)
                .filter(key -> !key.isEmpty() && key.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES);
    }

    /** Half of a surrogate pair is no text; NUL is no character of a key that a database or XML could name. */
    private static String onlyUnicode(String text) {
        return text.codePoints()
                .filter(point -> point != 0 && (point < 0xD800 || point > 0xDFFF))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
