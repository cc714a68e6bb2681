package dev.wharf.kernel.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** What a request would rather have, of the media types that an operation answers in: {@code Accept} (RFC 9110, 12.5.1). */
final class MediaTypes {
    /** How well one of the types would do: {@code place} is that of the range that names it, in the header. */
    private record Wish(String type, double quality, int precision, int place) {
        /** Of what is wanted alike, what is named more precisely, and then first. */
        private static final Comparator<Wish> WORST_FIRST = Comparator.comparingDouble(Wish::quality)
                .thenComparingInt(Wish::precision)
                .thenComparing(Comparator.comparingInt(Wish::place).reversed());
    }

    private MediaTypes() {}

    /**
     * The one to answer in.
     *
     * @param accept as it was sent; what is malformed in it counts for nothing
     * @param offered one or more, the usual one first
     * @return the usual one where nothing else is wanted, or nothing that there is
     */
    static String chosen(Optional<String> accept, Set<String> offered) {
        var usual = offered.iterator().next();
        var ranges = ranges(accept.orElse(""));
        return offered.stream()
                .flatMap(type -> wish(type, ranges).stream())
                .filter(wish -> wish.quality() > 0)
                .max(Wish.WORST_FIRST)
                .map(Wish::type)
                .orElse(usual);
    }

    private static List<MimeType> ranges(String accept) {
        var ranges = new ArrayList<MimeType>();
        for (var range : MimeTypeUtils.tokenize(accept)) {
            try {
                ranges.add(MimeTypeUtils.parseMimeType(range.strip()));
            } catch (InvalidMimeTypeException malformed) {
                // the others may do
            }
        }
        return ranges;
    }

    /** As the range says that names it most precisely. */
    private static Optional<Wish> wish(String type, List<MimeType> ranges) {
        var offered = MimeType.valueOf(type);
        return ranges.stream()
                .filter(range -> range.includes(offered))
                .map(range -> new Wish(type, quality(range), precision(range), ranges.indexOf(range)))
                .max(Comparator.comparingInt(Wish::precision));
    }

    private static int precision(MimeType range) {
        return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
    }

    private static double quality(MimeType range) {
        var quality = range.getParameter("q");
        try {
            return quality == null ? 1 : Double.parseDouble(quality);
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}
