package dev.wharf.credentials;

import java.util.regex.Pattern;

/** What clients show, and send back, in the place of a secret that they do not know ({@code domain.md} §2.4). */
public final class Mask {
    private static final Pattern MASK = Pattern.compile("[*\u2022]*");

    private Mask() {}

    /** Whether a text hides a value; so does one of no length. */
    public static boolean hides(String text) {
        return MASK.matcher(text).matches();
    }
}
