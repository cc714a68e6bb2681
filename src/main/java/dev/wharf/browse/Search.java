package dev.wharf.browse;

import dev.wharf.browse.pattern.NamePattern;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;

/**
 * Finds files and folders by their names. Where a file and a folder share a name, the file alone is found, and the folder
 * is reached by browsing ({@code seed.txt}, <i>Reading from sources in S3</i>).
 *
 * <p>Stores find names only by how they begin. All else is looked for in a listing of everything below the place, which
 * ends after so many objects or so much time; the answer says so.
 */
public final class Search {
    private static final int MAX_HIDDEN_PAGES = 20;

    private final Places places;
    private final PageTokens tokens;
    private final int scanLimit;
    private final Duration timeLimit;

    /**
     * @param scanLimit objects that one search looks at, at most
     * @param timeLimit how long one search takes, at most
     */
    public Search(Places places, Secrets secrets, int scanLimit, Duration timeLimit) {
        this.places = places;
        this.tokens = new PageTokens(secrets);
        this.scanLimit = scanLimit;
        this.timeLimit = timeLimit;
    }

    /**
     * Searches to the end, or until there are as many rows as are wanted.
     *
     * @param query {@code uri}, {@code connectionId}: a folder, whose slash may be missing, or a connection, whose buckets
     *     are searched; {@code allBuckets}; {@code query}; {@code mode} prefix, contains (the default) or glob;
     *     {@code ignoreCase}; {@code limit} 1 to 10,000, default 100; {@code scanLimit}; {@code showHidden}; {@code nextToken} with mode prefix
     * @throws ProblemException 400, 403 or 404, naming what is missing and what to do
     */
    public SearchAnswer find(Caller caller, Query query, Answer answer) throws IOException {
        var wanted = SearchQuery.of(query, scanLimit);
        try (BrowsedPlace opened = places.open(caller, query)) {
            BrowsedPlace place = places.inDefaultBucket(opened, query);
            var rows = new CollectedRows(answer);
            if (wanted.mode() != SearchQuery.Mode.PREFIX || place.uri().bucket().isEmpty()) {
                PageTokens.refuse(query);
                boolean complete = run(place, wanted, rows);
                return new SearchAnswer(rows.sorted(), null, rows.looked(), complete);
            }
            var scope = new PageTokens.Scope("vfsSearch " + wanted.text() + " in", caller, place.uri());
            String token = query.get("nextToken")
                    .map(shown -> tokens.read(scope, shown))
                    .orElse(null);
            String next = new PrefixSearch(place, wanted, rows).run(token, MAX_HIDDEN_PAGES);
            return new SearchAnswer(rows.sorted(), tokens.shown(scope, next), rows.looked(), next == null);
        }
    }

    /**
     * The same as a stream that gives each row when it is found, in no order.
     *
     * @param query as for {@link #find}; {@code progress}: further lines about it
     */
    public void stream(Caller caller, Query query, Answer answer) throws ClientGoneException {
        var wanted = SearchQuery.of(query, scanLimit);
        PageTokens.refuse(query);
        try (BrowsedPlace opened = places.open(caller, query)) {
            BrowsedPlace place = places.inDefaultBucket(opened, query);
            places.guard(answer, place);
            Lines.send(answer, query.flag("progress"), rows -> run(place, wanted, rows));
        }
    }

    private boolean run(BrowsedPlace place, SearchQuery wanted, Rows rows) throws IOException {
        if (place.uri().bucket().isEmpty()) {
            return buckets(place, wanted, rows);
        }
        if (wanted.mode() == SearchQuery.Mode.PREFIX) {
            return new PrefixSearch(place, wanted, rows).run(null, Integer.MAX_VALUE) == null;
        }
        return new TreeSearch(place, wanted, rows, System.nanoTime() + timeLimit.toNanos()).run();
    }

    private static boolean buckets(BrowsedPlace place, SearchQuery wanted, Rows rows) throws IOException {
        NamePattern pattern = wanted.pattern();
        for (String name : Lookup.buckets(place)) {
            boolean found = wanted.mode() == SearchQuery.Mode.PREFIX
                    ? name.startsWith(wanted.text())
                    : pattern.matches(name, 0, name.length());
            if (found && rows.count() == wanted.limit()) {
                return false;
            }
            if (found) {
                rows.write(Entry.bucket(name, place.uri().connectionId()));
            }
            rows.look();
        }
        return true;
    }
}
