package dev.wharf.identity.login;

import dev.wharf.identity.Caller;
import dev.wharf.identity.CallerTable;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.oidc.ProviderClaims;
import dev.wharf.identity.oidc.ProviderKeys;
import dev.wharf.identity.oidc.ProviderTokens;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.OidcSettings;
import dev.wharf.kernel.sql.Database;
import java.time.Clock;
import java.util.Optional;

/** Finds people by tokens of the organisation's identity provider. Who comes for the first time becomes a member. */
final class OidcLogin {
    private final ProviderTokens tokens;
    private final CallerTable callers;
    private final FirstLogin firstLogin;
    private final String issuer;

    OidcLogin(OidcSettings settings, ProviderKeys keys, Database database, AuditTrail trail, Clock clock) {
        this.tokens = new ProviderTokens(settings, keys, clock);
        this.callers = new CallerTable(database);
        this.firstLogin = new FirstLogin(settings, database, trail, clock);
        this.issuer = settings.issuer();
    }

    /**
     * The person of a token; empty if they are disabled.
     *
     * @throws ProblemException 401 if the token proves nothing; 403 if its bearer cannot become a member; 503 if the
     *     identity provider cannot be asked for its keys
     */
    Optional<Caller> login(String token) {
        return login(tokens.check(token));
    }

    /** The same for claims that were checked. */
    Optional<Caller> login(ProviderClaims claims) {
        var caller = callers.byAccount(issuer, claims.subject());
        if (caller.isPresent()) {
            return caller;
        }
        firstLogin.admit(claims);
        return callers.byAccount(issuer, claims.subject());
    }
}
