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
    private static final String ENTERED_ANEW =
            "must be entered anew: the key pair that is stored is the owner's, and is not used"
                    + " with another endpoint or certificate that somebody else enters. Send key and secret of one that may be, or ask"
                    + " the owner or an administrator to change it";

    /**
     * @param whole whether what is missing in the patch goes back to its default
     * @throws ProblemException 404 if the caller has no such connection; 403 if they may not change it; 400 if a field is
     *     malformed or cannot be changed, or if one who is neither its owner nor an administrator changes to which server it
     *     leads without a key pair that is entered anew
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
        if (request.params().leadsElsewhereThan(seen.params()) && !granted.isOwners()) {
            requireOwnDestination(seen, request);
            // Nothing that is stored is sent to where somebody else has it sent.
            stored = Optional.empty();
            request = patch.applyTo(seen, stored, whole);
            if (request.credential() == null) {
                throw ProblemException.invalid("credentials[0].key", ENTERED_ANEW);
            }
        }
        requireAllowed(caller, seen, request);
        rules.require(caller, request, stored.orElse(null));
        return new Revision(granted, request, ownPairOnly);
    }

    private static void requireOwnDestination(Connection seen, ConnectionRequest request) {
        if (!seen.credentialsShared() || !request.credentialsShared()) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "params.endpoint: each person has their own key pair here, which would be used with another server then, so"
                            + " only the owner or an administrator may change the endpoint or its certificate");
        }
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
