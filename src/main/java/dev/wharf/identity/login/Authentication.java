package dev.wharf.identity.login;

import dev.wharf.identity.Caller;
import dev.wharf.identity.CallerTable;
import dev.wharf.identity.Origin;
import dev.wharf.identity.Uses;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.oidc.ProviderCodes;
import dev.wharf.identity.oidc.ProviderDocuments;
import dev.wharf.identity.oidc.ProviderKeys;
import dev.wharf.identity.oidc.ProviderTokens;
import dev.wharf.identity.tokens.AccessToken;
import dev.wharf.kernel.http.door.Authenticator;
import dev.wharf.kernel.http.door.ProviderSignIn;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.OidcSettings;
import dev.wharf.kernel.sql.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the caller behind what a request shows. A person who is disabled is nobody. */
public final class Authentication implements Authenticator {
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([\\x21-\\x7e]{1,16384})");
    private static final String UNKNOWN_TOKEN =
            "The access token is unknown, expired or malformed, or its person is disabled";
    private static final Pattern MEMBERSHIP_ID = Pattern.compile("\\d{1,18}");

    private final CallerTable callers;
    private final BasicLogin basic;
    /** Null where no identity provider is configured. */
    private final OidcLogin oidc;
    /** The same where the page is no client of it. */
    private final OidcSignIn signIn;

    private final Uses uses;
    private final PageSessions sessions;
    private final Clock clock;

    /** @param uses of tokens */
    public Authentication(
            Database database, Uses uses, PageSessions sessions, OidcSettings settings, AuditTrail trail, Clock clock) {
        this.callers = new CallerTable(database);
        this.basic = new BasicLogin(callers, trail, clock);
        var documents = new ProviderDocuments(settings);
        var keys = new ProviderKeys(documents::keys, clock);
        this.oidc = settings.enabled() ? new OidcLogin(settings, keys, database, trail, clock) : null;
        this.signIn = settings.signIn() == null
                ? null
                : new OidcSignIn(
                        new ProviderCodes(settings, documents, keys, clock), oidc, sessions, settings.issuer());
        this.uses = uses;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public Caller authenticate(Evidence evidence) {
        if (evidence.authorization() != null) {
            return byAuthorization(evidence);
        }
        if (evidence.cookie() != null) {
            Caller caller = sessions.find(evidence.cookie(), evidence.requestId())
                    .orElseThrow(() -> unauthenticated("The session has ended; sign in again"));
            if (evidence.person() != null && !evidence.person().equals(String.valueOf(caller.personId()))) {
                throw unauthenticated("This page is another person's: " + caller.email()
                        + " has signed in meanwhile. Load it anew, or sign in again");
            }
            return caller;
        }
        if (evidence.membershipId() != null) {
            return byMembership(evidence.membershipId())
                    .orElseThrow(() -> unauthenticated("x-trifacta-person-workspace-id names no member"))
                    .by(new Origin(Origin.Way.MEMBERSHIP_ID, evidence.requestId()));
        }
        throw unauthenticated("Send an access token: Authorization: Bearer <token>");
    }

    private Caller byAuthorization(Evidence evidence) {
        String authorization = evidence.authorization();
        var pair = BasicCredentials.parse(authorization);
        if (pair.isPresent()) {
            return basic.login(pair.get(), evidence)
                    .orElseThrow(() -> unauthenticated(
                            "The e-mail address is unknown, the password is wrong, or the person is disabled"))
                    .by(new Origin(Origin.Way.PASSWORD, evidence.requestId()));
        }
        String token = bearer(authorization);
        return byToken(token, evidence.requestId()).orElseThrow(() -> unauthenticated(UNKNOWN_TOKEN));
    }

    @Override
    public String beginSession(Evidence evidence) {
        Caller caller = byAuthorization(evidence);
        if (evidence.cookie() != null) {
            sessions.end(evidence.cookie()); // a browser has one
        }
        boolean provided = caller.origin().way() == Origin.Way.OIDC;
        return sessions.begin(caller, provided ? ProviderTokens.expiry(bearer(evidence.authorization())) : null);
    }

    @Override
    public Optional<ProviderSignIn> providerSignIn() {
        return Optional.ofNullable(signIn);
    }

    @Override
    public void endSession(String cookie) {
        sessions.end(cookie);
    }

    private static String bearer(String authorization) {
        var bearer = BEARER.matcher(authorization.strip());
        if (!bearer.matches()) {
            throw unauthenticated(UNKNOWN_TOKEN);
        }
        return bearer.group(1);
    }

    /**
     * Finds somebody again who was let in before. A proof that has ended by itself meanwhile still counts.
     *
     * @return the same caller as they are now
     * @throws ProblemException 401 if they are disabled, or what they came in with was taken from them
     */
    public Caller again(Caller before) {
        var origin = before.origin();
        return callers.byMembership(before.membershipId(), false)
                .filter(now -> origin.tokenId() == null || callers.hasToken(origin.tokenId()))
                .orElseThrow(() -> unauthenticated(
                        "The person is disabled, the access token was revoked, or the session was ended"))
                .by(origin);
    }

    private static ProblemException unauthenticated(String detail) {
        return new ProblemException(Problem.UNAUTHENTICATED, detail);
    }

    private boolean isProviders(String token) {
        return oidc != null && ProviderTokens.isMeant(token);
    }

    private Optional<Caller> byToken(String token, String requestId) {
        if (isProviders(token)) {
            return oidc.login(token).map(caller -> caller.by(new Origin(Origin.Way.OIDC, requestId)));
        }
        Instant now = clock.instant();
        var holder = callers.byToken(AccessToken.hash(token), now);
        holder.ifPresent(found -> uses.note(found.tokenId(), found.tokenLastUsed(), now));
        return holder.map(found -> found.caller().by(new Origin(Origin.Way.TOKEN, requestId, found.tokenId())));
    }

    private Optional<Caller> byMembership(String id) {
        return MEMBERSHIP_ID.matcher(id).matches() ? callers.byMembership(Long.parseLong(id), false) : Optional.empty();
    }
}
