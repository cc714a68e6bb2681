package dev.wharf.s3.wire;

import java.util.regex.Pattern;

/**
 * What others have written, made fit to stand in our sentences: in quotes, on one line, bounded, and without characters
 * that act on whatever shows them (controls, and formats that turn a text round or hide it).
 */
public final class QuotedText {
    /** Characters; support asks for them, and nobody reads more. */
    private static final int LONGEST = 300;

    private static final Pattern ACTING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]+");
    private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private QuotedText() {}

    public static String quoted(String text) {
        return '"' + plain(text).replace('"', '\'') + '"';
    }

    /** Without quotes, for a name among other words. */
    public static String plain(String text) {
        String shown = ACTING.matcher(text.substring(0, Math.min(text.length(), 4 * LONGEST)))
                .replaceAll(" ")
                .strip();
        return shown.length() <= LONGEST && text.length() <= 4 * LONGEST
                ? shown
                : shown.substring(0, Math.min(LONGEST, shown.length())) + "…";
    }

    /** Whether it can be a region's code, so that it may be told as one. */
    public static boolean isRegion(String text) {
        return REGION.matcher(text).matches();
    }
}
