package dev.wharf.connections;

import dev.wharf.credentials.Credential;
import dev.wharf.credentials.KeyPair;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.Credentials;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreAccess.Checksums;
import java.net.URI;
import java.util.Optional;

/** How the store of a connection is reached, and with whose key pair ({@code domain.md} §2.6). */
final class ConnectionAccess {
    private final ConnectionTable table;
    private final ConnectionRules rules;

    ConnectionAccess(ConnectionTable table, ConnectionRules rules) {
        this.table = table;
        this.rules = rules;
    }

    /**
     * @throws ProblemException 403 for an administrator with whom it was not shared; 400 without a key pair for the caller
     */
    StoreAccess of(Caller caller, GrantedConnection granted) {
        granted.requireUsable();
        Connection connection = granted.connection();
        rules.requireUsable(connection);
        Credential credential = table.credentials()
                .find(connection, connection.credentialOwner(caller.personId()))
                .orElseThrow(() -> noKeyPair(connection));
        return of(connection.id(), connection.params(), credential, caller.personId());
    }

    /**
     * Of what a connection would become, with the key pair that it would then be used with.
     *
     * @param request the revision's, in the region that was found
     * @throws ProblemException as above
     */
    StoreAccess of(Caller caller, Revision revision, ConnectionRequest request) {
        revision.granted().requireUsable();
        Credential credential = Optional.ofNullable(request.credential())
                .or(() -> table.credentials().find(revision.seen(), revision.credentialOwner(caller)))
                .orElseThrow(() -> noKeyPair(revision.seen()));
        // Without its number: what is tried may be another store, where the service would not find it again.
        return of(null, request.params(), credential, caller.personId());
    }

    private static ProblemException noKeyPair(Connection connection) {
        return new ProblemException(
                Problem.VALIDATION_FAILED,
                "Connection " + connection.id()
                        + " has no key pair for you: enter your own first (PATCH /v4/connections/" + connection.id()
                        + " with credentials)");
    }

    /** Of what is not registered. */
    static StoreAccess of(Caller caller, ConnectionRequest request) {
        return of(null, request.params(), request.credential(), caller.personId());
    }

    private static StoreAccess of(Long connectionId, ConnectionParams params, Credential credential, long personId) {
        return of(
                connectionId,
                params,
                credential.credentials(sessionName(connectionId, personId)),
                credential.encryption(),
                credential.kmsKeyId());
    }

    /** Of a store that is asked what it tells everybody. */
    static StoreAccess ofNobody(ConnectionParams params) {
        return of(null, params, new Credentials.Nobody(), StoreAccess.Encryption.NONE, null);
    }

    /** Of a store that is asked what it tells the holder of a key pair. */
    static StoreAccess ofPair(ConnectionParams params, KeyPair pair) {
        return of(null, params, pair.credentials(), StoreAccess.Encryption.NONE, null);
    }

    private static StoreAccess of(
            Long connectionId,
            ConnectionParams params,
            Credentials credentials,
            StoreAccess.Encryption encryption,
            String kmsKeyId) {
        URI endpoint = params.endpoint() == null ? null : URI.create(params.endpoint());
        boolean custom = endpoint != null;
        return new StoreAccess(
                connectionId,
                params.region() == null ? "us-east-1" : params.region(),
                endpoint,
                params.pathStyle() == null ? custom : params.pathStyle(),
                params.checksums() == null ? Checksums.usual(custom) : Checksums.valueOf(params.checksums()),
                credentials,
                encryption,
                kmsKeyId,
                params.caCertificate());
    }

    /** Says in a role's account who has used it: ids, as whoever is asked there has no need to know names. */
    private static String sessionName(Long connectionId, long personId) {
        return "wharf-" + (connectionId == null ? "test" : "connection-" + connectionId) + "-person-" + personId;
    }

    /** With the owner's key pair, for the service's own tidying. */
    Optional<StoreAccess> ofOwner(Connection connection) {
        return table.credentials()
                .find(connection, connection.ownerId())
                .map(credential -> of(connection.id(), connection.params(), credential, connection.ownerId()));
    }
}
