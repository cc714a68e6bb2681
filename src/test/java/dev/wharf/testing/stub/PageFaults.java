package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Faults;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be wrong with a page of a listing. */
public final class PageFaults {
    private static final Pattern TOKEN = Pattern.compile("<NextContinuationToken>(.*?)</NextContinuationToken>");
    private static final Pattern ENTRIES =
            Pattern.compile("<Contents>.*</Contents>|<CommonPrefixes>.*</CommonPrefixes>", Pattern.DOTALL);

    private PageFaults() {}

    /** The first token that comes by replaces all others. */
    public static UnaryOperator<String> repeatedToken() {
        var first = new AtomicReference<String>();
        return page -> {
            Matcher token = TOKEN.matcher(page);
            if (!token.find()) {
                return page;
            }
            first.compareAndSet(null, token.group());
            return token.replaceFirst(Matcher.quoteReplacement(first.get()));
        };
    }

    public static String withoutToken(String page) {
        return TOKEN.matcher(page).replaceFirst("");
    }

    /** Nothing on the page, and another token that leads to what should have been on it. */
    public static String emptied(Faults.Request request, String page) {
        var query = StubRequest.queryOf(request.uri());
        String token = query.get("continuation-token");
        String again = token != null ? PageToken.again(token) : PageToken.of(start(query.get("start-after")));
        String empty = ENTRIES.matcher(withoutToken(page)).replaceAll("");
        return empty.replaceFirst("<KeyCount>\\d+", "<KeyCount>0")
                .replaceFirst(
                        "<IsTruncated>false</IsTruncated>|<IsTruncated>true</IsTruncated>",
                        Matcher.quoteReplacement("<NextContinuationToken>" + again
                                + "</NextContinuationToken><IsTruncated>true</IsTruncated>"));
    }

    private static byte[] start(String startAfter) {
        return startAfter == null ? new byte[0] : (startAfter + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
