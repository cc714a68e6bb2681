package dev.wharf.kernel.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code If-Match} and its like name: ETags, or {@code *} for any (RFC 9110, 8.8.3 and 13.1). */
public final class EntityTags {
    private static final Pattern ETAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");

    private EntityTags() {}

    /**
     * @param header as it was sent
     * @param etag without quotes; empty for what has none, which only {@code *} names
     * @param weakly whether weak ones count as well
     */
    public static boolean names(String header, String etag, boolean weakly) {
        if (header.strip().equals("*")) {
            return true;
        }
        Matcher each = ETAG.matcher(header);
        while (each.find()) {
            if (!etag.isEmpty() && each.group(2).equals(etag) && (weakly || each.group(1) == null)) {
                return true;
            }
        }
        return false;
    }
}
