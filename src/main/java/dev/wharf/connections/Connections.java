package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.identity.WorkspaceConfiguration;
import dev.wharf.kernel.Database;
import dev.wharf.kernel.Executions;
import dev.wharf.kernel.Ids;
import dev.wharf.kernel.Json;
import dev.wharf.kernel.Page;
import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Query;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.Settings;
import dev.wharf.kernel.SqlStates;
import dev.wharf.s3.EndpointRules;
import dev.wharf.s3.ObjectStore;
import dev.wharf.s3.ObjectStores;
import dev.wharf.s3.StoreAccess;
import dev.wharf.s3.StoreAccess.Checksums;
import dev.wharf.s3.StoreDirectory;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;

/** The registry of connections, and the way from a connection to its store. */
public final class Connections implements StoreDirectory {
    private final ConnectionTable table;
    private final Executions executions;
    private final ObjectStores stores;
    private final Settings.Storage baseStorage;
    private final EndpointRules endpointRules;
    private final WorkspaceConfiguration configuration;
    private final Clock clock;

    public Connections(
            Database database,
            Secrets secrets,
            Executions executions,
            ObjectStores stores,
            Settings.Storage baseStorage,
            EndpointRules endpointRules,
            WorkspaceConfiguration configuration,
            Clock clock) {
        this.table = new ConnectionTable(database, secrets);
        this.executions = executions;
        this.stores = stores;
        this.baseStorage = baseStorage;
        this.endpointRules = endpointRules;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Registers a connection for the caller.
     *
     * @param executionId {@code x-execution-id}, or null: the same one again registers nothing
     * @throws ProblemException 403 for a public connection by one who is no administrator; 409 if the caller has
     *     another one of that name
     */
    public ConnectionView create(Caller caller, ConnectionRequest request, String executionId) {
        requireAllowed(caller, request);
        try {
            // The request's text shows no secret.
            return executions.once(caller.workspaceId(), executionId, request.toString(), () -> {
                long id = table.insert(
                        UUID.randomUUID().toString(),
                        caller.workspaceId(),
                        caller.personId(),
                        request,
                        clock.instant());
                return view(caller, table.find(id).orElseThrow());
            });
        } catch (DataIntegrityViolationException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new ProblemException(
                        Problem.CONFLICT, "name: you already have a connection named \"" + request.name() + "\"");
            }
            throw e;
        }
    }

    /**
     * The caller's connections, the public ones and those shared with them; all of the workspace for an administrator.
     *
     * @throws ProblemException 400 if the query is malformed
     */
    public Page<ConnectionView> list(Caller caller, Query query) {
        var listed = ConnectionList.of(query);
        return Page.of(
                query,
                (limit, offset) -> table.visible(caller, listed, limit, offset).stream()
                        .map(held -> view(caller, held.connection()))
                        .toList(),
                () -> table.countVisible(caller, listed));
    }

    /** How many rows {@link #list} has in all. */
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", table.countVisible(caller, ConnectionList.of(query)));
    }

    /**
     * @throws ProblemException 404 if there is none that the caller may see
     */
    public ConnectionView get(Caller caller, String id) {
        return view(caller, require(caller, Ids.parse("connection", id)));
    }

    /**
     * Tries a saved connection with the caller's key pair.
     *
     * @throws ProblemException 404 if there is none that the caller may see; 400 if it has no key pair for the caller
     */
    public TestReport status(Caller caller, String id, Query query) {
        configuration.requireS3(caller);
        Held held = held(caller, Ids.parse("connection", id));
        Connection connection = held.connection();
        var plan = TestPlan.of(query, connection.id(), connection.bucket());
        return TestReport.of(stores, access(caller, held), plan);
    }

    /**
     * Tries what would be registered, and registers nothing.
     *
     * @throws ProblemException as {@link #create} does; 403 where the workspace's S3 connectivity is off
     */
    public TestReport dryRun(Caller caller, ConnectionRequest request, Query query) {
        configuration.requireS3(caller);
        requireAllowed(caller, request);
        var plan = TestPlan.of(query, null, request.bucket());
        return TestReport.of(stores, access(null, request.params(), request.keyPair()), plan);
    }

    /**
     * Deletes a connection and destroys its key pairs.
     *
     * @throws ProblemException 403 if it is somebody else's and the caller no administrator; 409 if datasets or jobs use it
     */
    public void delete(Caller caller, String id) {
        Held held = held(caller, Ids.parse("connection", id));
        held.require(Grant.OWNER, "delete it");
        Connection connection = held.connection();
        List<String> users = table.users(connection.id());
        if (!users.isEmpty()) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "Connection " + id + " is used by " + String.join(", ", users)
                            + "; delete the datasets and wait for the jobs first");
        }
        table.delete(connection.id(), clock.instant());
        stores.forget(connection.id());
    }

    private void requireAllowed(Caller caller, ConnectionRequest request) {
        if (Json.present(request).isGlobal() && !caller.isWorkspaceAdmin()) {
            throw new ProblemException(Problem.FORBIDDEN, "isGlobal may be set by a workspace administrator only");
        }
        request.requireKeyPair();
        request.params().requireEndpoint(endpointRules);
    }

    private Connection require(Caller caller, long id) {
        return held(caller, id).connection();
    }

    private Held held(Caller caller, long id) {
        return table.find(caller, id).orElseThrow(() -> Ids.notFound("connection", id));
    }

    private ConnectionView view(Caller caller, Connection connection) {
        return ConnectionView.of(
                connection, table.hasKeyPair(connection.id(), connection.credentialOwner(caller.personId())));
    }

    @Override
    public ObjectStore store(Caller caller, Long connectionId) {
        configuration.requireS3(caller);
        if (connectionId == null) {
            return stores.open(baseAccess());
        }
        return stores.open(access(caller, held(caller, connectionId)));
    }

    @Override
    public Optional<String> defaultBucket(Caller caller, Long connectionId) {
        if (connectionId == null) {
            return Optional.of(baseStorage.bucket()).filter(bucket -> baseStorage.configured());
        }
        return Optional.ofNullable(require(caller, connectionId).bucket());
    }

    @Override
    public Optional<ObjectStore> ownStore(Long connectionId) {
        if (connectionId == null) {
            return baseStorage.configured() ? Optional.of(stores.open(baseAccess())) : Optional.empty();
        }
        return table.find(connectionId).flatMap(connection -> table.keyPair(connection, connection.ownerId())
                .map(pair -> stores.open(access(connection.id(), connection.params(), pair))));
    }

    private StoreAccess access(Caller caller, Held held) {
        held.requireUsable();
        Connection connection = held.connection();
        KeyPair pair = table.keyPair(connection, connection.credentialOwner(caller.personId()))
                .orElseThrow(() -> new ProblemException(
                        Problem.VALIDATION_FAILED,
                        "Connection " + connection.id() + " has no key pair for you: enter your own first (PATCH"
                                + " /v4/connections/" + connection.id() + " with credentials)"));
        return access(connection.id(), connection.params(), pair);
    }

    private static StoreAccess access(Long connectionId, ConnectionParams params, KeyPair pair) {
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

    private StoreAccess baseAccess() {
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
