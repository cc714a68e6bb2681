package dev.wharf.kernel.api;

import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.ProblemException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;

/** The way back to a caller, for an answer that is written while it comes to be: a listing, a file. */
public interface Answer {

    /**
     * Begins the answer. Closing the stream ends it whole; if it is not closed because something failed, the caller sees
     * the answer break off, and never takes half of it for all. Writing waits while the caller is slower, and flushing
     * sends what was written so far.
     *
     * @param headers names and values; without {@code content-length} the answer is sent in chunks
     * @return a stream whose methods throw {@link ClientGoneException} once the caller has gone, or has taken nothing for
     *     {@code wharf.http.stall-timeout}
     */
    OutputStream begin(int status, Map<String, String> headers);

    /** Whether it was begun, so that there is nothing left to be said otherwise. */
    boolean hasBegun();

    /** Takes back what was begun, as long as nothing of it was sent: something else is answered. Else it does nothing. */
    default void takeBack() {}

    /** Adds a header to the answer, however it turns out; to be called before it has begun. */
    default void header(String name, String value) {}

    /** Does something if the request is refused in the end, so that nothing comes of it: gives back what was counted for it. */
    default void ifRefused(Runnable action) {}

    /** The request is refused. */
    default void refused() {}

    /**
     * Asks every few seconds, while the answer is sent, whether its caller may still have it, and breaks it off where they
     * may not. Whether they are somebody at all is asked in any case.
     *
     * @param allowed gets the caller as they are at the time; throws a {@link ProblemException} 403 or 404 where they may not
     */
    default void onlyWhile(Consumer<Object> allowed) {}

    /** Whether the caller has gone, so that nobody waits for what is being looked for. */
    boolean isGone();

    /**
     * Runs something as soon as the caller of an answer that has begun leaves before its end, or at once if that is so
     * already: to end what a thread may be waiting for. Where nobody can leave it is never run.
     *
     * @param action is run by another thread; may block
     */
    default void whenGone(Runnable action) {}
}
