package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Settings;
import dev.wharf.s3.StoreAccess;
import dev.wharf.s3.StoreAccess.Checksums;
import java.net.URI;
import java.util.Optional;

/** How the store of a connection is reached, and with whose key pair ({@code domain.md} §2.6). */
final class ConnectionAccess {
    private final ConnectionTable table;
    private final Settings.Storage baseStorage;

    ConnectionAccess(ConnectionTable table, Settings.Storage baseStorage) {
        this.table = table;
        this.baseStorage = baseStorage;
    }

    /**
     * @throws ProblemException 403 for an administrator with whom it was not shared; 400 without a key pair for the caller
     */
    StoreAccess of(Caller caller, Held held) {
        held.requireUsable();
        Connection connection = held.connection();
        KeyPair pair = table.keyPair(connection, connection.credentialOwner(caller.personId()))
                .orElseThrow(() -> new ProblemException(
                        Problem.VALIDATION_FAILED,
                        "Connection " + connection.id() + " has no key pair for you: enter your own first (PATCH"
                                + " /v4/connections/" + connection.id() + " with credentials)"));
        return of(connection.id(), connection.params(), pair);
    }

    /** @param connectionId null for one that is not registered */
    static StoreAccess of(Long connectionId, ConnectionParams params, KeyPair pair) {
        URI endpoint = params.endpoint() == null ? null : URI.create(params.endpoint());
        boolean custom = endpoint != null;
        return new StoreAccess(
                connectionId,
                params.region() == null ? "us-east-1" : params.region(),
                endpoint,
                params.pathStyle() == null ? custom : params.pathStyle(),
                params.checksums() == null ? defaultChecksums(custom) : Checksums.valueOf(params.checksums()),
                pair.accessKeyId(),
                pair.secretAccessKey().value(),
                pair.encryption(),
                pair.kmsKeyId());
    }

    /** With the owner's key pair, for the service's own tidying. */
    Optional<StoreAccess> ofOwner(Connection connection) {
        return table.keyPair(connection, connection.ownerId())
                .map(pair -> of(connection.id(), connection.params(), pair));
    }

    /**
     * @throws ProblemException 400 where there is none
     */
    StoreAccess ofBaseStorage() {
        if (!baseStorage.configured()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "There is no base storage: an operator sets wharf.storage.bucket; connections need ?connectionId=<id>");
        }
        return new StoreAccess(
                null,
                baseStorage.region(),
                baseStorage.endpoint(),
                baseStorage.pathStyle(),
                defaultChecksums(baseStorage.endpoint() != null),
                baseStorage.accessKeyId(),
                baseStorage.secretAccessKey().value(),
                KeyPair.encryption(baseStorage.serverSideEncryption()),
                baseStorage.kmsKeyId().isEmpty() ? null : baseStorage.kmsKeyId());
    }

    /** Many S3-compatible stores refuse the checksums that the SDK adds by itself. */
    private static Checksums defaultChecksums(boolean customEndpoint) {
        return customEndpoint ? Checksums.WHEN_REQUIRED : Checksums.WHEN_SUPPORTED;
    }
}
