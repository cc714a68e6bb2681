package dev.wharf.s3.list;

import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.QuotedText;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.util.regex.Pattern;

/**
 * What a store's listing can have wrong in itself, as failures that a person understands.
 *
 * @param place the bucket and prefix, as {@link StoreErrors#place}
 */
record ListingFaults(String place) {
    private static final Pattern MERGED = Pattern.compile("/{2,}");

    /**
     * A store that takes {@code a/../b/} for {@code b/}, or {@code a//} for {@code a/}, would have us believe that a folder
     * holds another's files.
     *
     * @param asked what the keys were to begin with
     */
    StoreException strange(String asked, String key) {
        var what = "the store was asked for keys that begin with " + QuotedText.quoted(asked) + " and lists "
                + QuotedText.quoted(key) + ", which does not";
        var merged = MERGED.matcher(asked).replaceAll("/").replaceFirst("^/", "");
        if (key.startsWith(merged)) {
            return StoreException.unusable(
                    place + ": " + what + ": it merges slashes, as file systems do, so that it holds nothing under that"
                            + " name. Name the place as the store lists it: " + QuotedText.quoted(merged),
                    null);
        }
        return broken(
                what + ": it changes names before it looks them up, and its listings cannot be relied on. Name the"
                        + " place without \".\" and \"..\", or ask whoever runs the store");
    }

    StoreException circular() {
        return broken("the store's listing goes round in circles: it gave a continuation token that it had given"
                + " before, or none");
    }

    /** Whoever goes on with a walk, page after page, would be given the same page again and again. */
    StoreException notAfter(String asked, String key) {
        return broken("the store was asked for the keys after " + QuotedText.quoted(asked) + " and lists "
                + QuotedText.quoted(key)
                + ": it does not know start-after, or another order, so that its listings cannot be gone on with");
    }

    StoreException disordered(String earlier, String later) {
        return broken("the store lists " + QuotedText.quoted(later) + " after " + QuotedText.quoted(earlier)
                + ", which is not the order of keys, or the"
                + " bucket is changing very quickly. Try again: from now on this bucket is listed one page after"
                + " another, which takes longer");
    }

    private StoreException broken(String what) {
        return new StoreException(Kind.BROKEN, place + ": " + what);
    }
}
