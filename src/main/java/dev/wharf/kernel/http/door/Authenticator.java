package dev.wharf.kernel.http.door;

import dev.wharf.kernel.problem.ProblemException;
import java.util.Optional;

/** Says who is calling. */
public interface Authenticator {
    /**
     * What a request shows of its sender; each is null where the request has none.
     *
     * @param authorization the {@code Authorization} header
     * @param cookie the page's session cookie
     * @param person whose page sends it, by id, where it says so
     * @param membershipId {@code x-trifacta-person-workspace-id}, and only where it may be trusted
     * @param remoteAddress the network address that it came from; never null
     * @param requestId the request's {@code x-trifacta-request-id}; never null
     */
    record Evidence(
            String authorization,
            String cookie,
            String person,
            String membershipId,
            String remoteAddress,
            String requestId) {}

    /**
     * Finds the caller; may block.
     *
     * @return what routes find in the variable {@code caller}
     * @throws ProblemException 401 if the evidence proves nobody; 403 if it proves somebody who cannot be a member; 429 if
     *     it is not looked at for a while; 503 if that needs somebody who does not answer
     */
    Object authenticate(Evidence evidence);

    /**
     * Begins a session of the page for whoever the {@code Authorization} header proves, in place of the one that the cookie
     * names; may block.
     *
     * @return what its cookie holds
     * @throws ProblemException as {@link #authenticate} does
     */
    String beginSession(Evidence evidence);

    /** Signing in at an identity provider, where the page is a client of one. */
    default Optional<ProviderSignIn> providerSignIn() {
        return Optional.empty();
    }

    /** Ends the session that a cookie names, everywhere and at once; may block. */
    void endSession(String cookie);
}
