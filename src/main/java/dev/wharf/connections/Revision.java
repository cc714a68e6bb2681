package dev.wharf.connections;

import dev.wharf.credentials.Credential;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Optional;

/**
 * What a connection is to become, whether it is then stored or only tried.
 *
 * @param granted as it is
 * @param request as it would be; its credential is null where the body names none
 * @param ownPairOnly whether nothing but the caller's own key pair changes
 */
record Revision(GrantedConnection granted, ConnectionRequest request, boolean ownPairOnly) {

    /**
     * @param whole whether what is missing in the patch goes back to its default
     * @throws ProblemException 404 if the caller has no such connection; 403 if they may not change it; 400 if a field is
     *     malformed or cannot be changed
     */
    static Revision of(
            ConnectionTable table,
            ConnectionRules rules,
            Caller caller,
            long id,
            ConnectionPatch patch,
            boolean whole) {
        GrantedConnection granted = table.require(caller, id);
        Connection seen = granted.connection();
        boolean ownPairOnly = patch.isCredentialsOnly() && !seen.credentialsShared() && !whole;
        if (!ownPairOnly) {
            granted.require(Grant.EDITOR, "change it");
        }
        // Completed with what is stored for whom it is meant: nobody gets another's pair by changing who has one.
        long pairOwner = seen.credentialOwner(caller.personId(), patch.sharesCredentials(seen, whole));
        Optional<Credential> stored = table.credentials().find(seen, pairOwner);
        ConnectionRequest request = patch.applyTo(seen, stored, whole);
        requireAllowed(caller, seen, request);
        rules.require(caller, request, stored.orElse(null));
        return new Revision(granted, request, ownPairOnly);
    }

    private static void requireAllowed(Caller caller, Connection seen, ConnectionRequest request) {
        if (seen.isGlobal() && !request.isGlobal()) {
            throw ProblemException.invalid(
                    "isGlobal",
                    "must stay true: a public connection cannot become private; delete it and register another one");
        }
        if (!seen.isGlobal()) {
            request.requirePublisher(caller);
        }
        if (!seen.credentialsShared() && request.credentialsShared() && caller.personId() != seen.ownerId()) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "credentialsShared: the key pair that all would use is the owner's own by now, so only the owner can let"
                            + " others use it. Leave the field out, or send false");
        }
    }

    Connection seen() {
        return granted.connection();
    }

    /** Whose key pair the caller would use it with. */
    long credentialOwner(Caller caller) {
        return seen().credentialOwner(caller.personId(), request.credentialsShared());
    }
}
