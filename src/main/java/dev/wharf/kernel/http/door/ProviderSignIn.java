package dev.wharf.kernel.http.door;

import dev.wharf.kernel.problem.ProblemException;
import java.net.URI;

/** Signing in somewhere else, and coming back. */
public interface ProviderSignIn {
    /**
     * @param address where the browser goes
     * @param kept what it brings back in a cookie, so that nobody else can
     */
    record Departure(URI address, String kept) {}

    /** What a browser comes back with, as it says: each may be null or made up. */
    record Arrival(String code, String state, String issuer, String error, String kept) {}

    /**
     * Begins; may block.
     *
     * @throws ProblemException 503 if the provider cannot be reached
     */
    Departure depart();

    /**
     * Begins a session for whoever has come back; may block.
     *
     * @return what its cookie holds
     * @throws ProblemException 401 if nothing is proved; 403 for somebody who cannot be a member; 503 as {@link #depart}
     */
    String arrive(Arrival arrival);
}
