package dev.wharf.kernel.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The answer of a list: {@code {"data":[…]}}, with {@code count} where {@code includeCount=true} asked for it
 * ({@code domain.md} §3.1). Fewer rows than {@code limit} mean the end.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(List<T> data, Long count) {
    private static final int DEFAULT_LIMIT = 25;
    private static final int MAX_LIMIT = 1000;

    /** Fetches rows {@code offset} to {@code offset + limit}. */
    @FunctionalInterface
    public interface Fetch<T> {
        List<T> rows(int limit, int offset);
    }

    /**
     * Fetches the page that a query asks for with {@code limit} (1 to 1,000, default 25) and {@code offset}.
     *
     * @throws ProblemException 400 if one is out of range
     */
    public static <T> Page<T> of(Query query, Fetch<T> fetch, LongSupplier count) {
        int limit = query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        int offset = query.number("offset", 0, 0, Integer.MAX_VALUE);
        return new Page<>(fetch.rows(limit, offset), query.flag("includeCount") ? count.getAsLong() : null);
    }
}
