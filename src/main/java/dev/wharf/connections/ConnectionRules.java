package dev.wharf.connections;

import dev.wharf.credentials.Credential;
import dev.wharf.credentials.CredentialType;
import dev.wharf.credentials.RoleRules;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.network.EndpointRules;
import dev.wharf.store.Credentials;
import dev.wharf.store.QueueUrl;
import dev.wharf.store.StoreAccess;

/** What may be registered here, and used: the limits of the described system, unless an operator has lifted them. */
public final class ConnectionRules {
    private final EndpointRules endpoints;
    private final Settings.Limits limits;
    private final RoleRules roles;
    private final boolean ownSts;

    /**
     * @param ownSts whether roles are assumed elsewhere than at AWS
     */
    public ConnectionRules(EndpointRules endpoints, Settings.Limits limits, boolean ownSts) {
        this.endpoints = endpoints;
        this.limits = limits;
        this.roles = new RoleRules(limits.iamRoles());
        this.ownSts = ownSts;
    }

    /** Whether roles may be assumed, wherever. */
    public RoleRules roles() {
        return roles;
    }

    /**
     * Whether this may be registered.
     *
     * @throws ProblemException 403 for a public connection by one who is no administrator; 400 without a credential
     */
    void requireNew(Caller caller, ConnectionRequest request) {
        request.requirePublisher(caller);
        if (request.credential() == null) {
            throw ProblemException.invalid("credentials", "must be an array of one object with key and secret");
        }
        require(caller, request, null);
    }

    /**
     * Whether a connection may become this.
     *
     * @param stored with what it is used where the request does not say, or null
     * @throws ProblemException 400 with an endpoint that leads where no connection may lead, or beyond a limit; 403 for
     *     a role that this service is to assume as itself, by one who is no administrator
     */
    void require(Caller caller, ConnectionRequest request, Credential stored) {
        requireWithinLimits(request.credentialType(), request.params());
        request.params().requireEndpoint(endpoints);
        requireSts(request);
        Credential credential = request.credential();
        Credential resulting = credential == null ? stored : credential;
        if (resulting != null && !request.params().leadsElsewhere()) {
            resulting.requireOfAws();
        }
        // Whoever could have this service assume any role that trusts it, could have the roles of others.
        if (credential != null && credential.isOwnIdentity() && !caller.isWorkspaceAdmin()) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "credentials[0].key is missing, and its secret: only a workspace administrator may let this service assume a"
                            + " role as itself; send the key pair that assumes it");
        }
    }

    /** A session that AWS gives would be shown to a store that is not AWS. */
    private void requireSts(ConnectionRequest request) {
        boolean role = CredentialType.IAM_ROLE_ARN.value().equals(request.credentialType());
        if (role && !ownSts && request.params().leadsElsewhere()) {
            throw ProblemException.invalid(
                    "params.endpoint",
                    "is not AWS, and roles are assumed there: leave it out, or an operator sets"
                            + " wharf.connections.sts-endpoint to the store's own");
        }
    }

    /**
     * Whether a queue may be read with a connection's key pair.
     *
     * @throws ProblemException 400 with one that leads where no connection may lead
     */
    void requireQueue(StoreAccess access, QueueUrl queue) {
        if (queue.isAws()) {
            return;
        }
        endpoints.objection(queue.uri()).ifPresent(objection -> {
            throw ProblemException.invalid("queueUrl", objection);
        });
        // A session that AWS gives would be shown to a server that is not AWS.
        if (access.credentials() instanceof Credentials.Role && !ownSts) {
            throw ProblemException.invalid(
                    "queueUrl",
                    "is not at AWS, and connection " + access.connectionId() + " is by a role that AWS gives");
        }
    }

    /**
     * Whether a registered connection may be used.
     *
     * @throws ProblemException 400 beyond a limit
     */
    void requireUsable(Connection connection) {
        requireWithinLimits(connection.credentialType(), connection.params());
    }

    private void requireWithinLimits(String credentialType, ConnectionParams params) {
        if (CredentialType.IAM_ROLE_ARN.value().equals(credentialType)) {
            roles.require("credentialType", credentialType, CredentialType.KEY_SECRET.value());
        }
        if (params.caCertificate() != null && !limits.customCa()) {
            throw ProblemException.invalid(
                    "params.caCertificate",
                    "is given, and authorities of a connection's own are off here: an operator adds the authority to Java's"
                            + " trust store, or sets wharf.limits.custom-ca=true");
        }
    }
}
