package dev.wharf.browse;

import dev.wharf.browse.pattern.ContainsPattern;
import dev.wharf.browse.pattern.GlobPattern;
import dev.wharf.browse.pattern.NamePattern;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;

/**
 * What is searched for, and how far.
 *
 * @param limit rows, 1 to 10,000
 * @param scanLimit objects that are looked at, at most
 */
record SearchQuery(Mode mode, String text, boolean ignoreCase, int limit, int scanLimit, ListView view) {
    private static final int MAX_TEXT = 1024;
    private static final int MAX_ROWS = 10_000;

    enum Mode {
        /** Names of one folder that begin like the text: the store finds them itself. */
        PREFIX,
        /** Names at any depth that hold the text. */
        CONTAINS,
        /** Names at any depth that match a pattern. */
        GLOB
    }

    /**
     * @param maxScan the most that a caller may ask for, and what is looked at where none asks
     * @throws ProblemException 400 for a value that is none
     */
    static SearchQuery of(Query query, int maxScan) {
        Mode mode = mode(query.get("mode").orElse("contains"));
        String text = query.require("query");
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            throw ProblemException.invalid("query", "must have 1 to " + MAX_TEXT + " characters");
        }
        boolean ignoreCase = query.get("ignoreCase").isPresent() ? query.flag("ignoreCase") : mode != Mode.PREFIX;
        if (ignoreCase && mode == Mode.PREFIX) {
            throw ProblemException.invalid(
                    "ignoreCase", "must be false with mode=prefix: it is the store that compares, exactly");
        }
        return new SearchQuery(
                mode,
                text,
                ignoreCase,
                query.number("limit", 100, 1, MAX_ROWS),
                query.number("scanLimit", maxScan, 1, maxScan),
                new ListView(mode != Mode.PREFIX, false, query.flag("showHidden")));
    }

    private static Mode mode(String name) {
        return switch (name) {
            case "prefix" -> Mode.PREFIX;
            case "contains" -> Mode.CONTAINS;
            case "glob" -> Mode.GLOB;
            default -> throw ProblemException.invalid("mode", "must be prefix, contains or glob");
        };
    }

    /** What names are compared with; it keeps notes of a comparison, so each search has its own. */
    NamePattern pattern() {
        return mode == Mode.GLOB ? new GlobPattern(text, ignoreCase) : new ContainsPattern(text, ignoreCase);
    }
}
