package dev.wharf.identity.login;

import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.oidc.ProviderClaims;
import dev.wharf.identity.oidc.ProviderFields;
import dev.wharf.identity.people.PersonTable;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.settings.OidcSettings;
import dev.wharf.kernel.sql.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Makes an account at the identity provider a person here: a new one, without roles, or the one who has the same e-mail
 * address. The latter takes over whatever that person may do. So the provider must say that the address was verified, and
 * the person must not have an account there yet: of two accounts with one address, the second is somebody else's to whom
 * the address was given later.
 */
final class FirstLogin {
    private final Database database;
    private final PersonTable people;
    private final OidcSettings settings;
    private final AuditTrail trail;
    private final Clock clock;

    FirstLogin(OidcSettings settings, Database database, AuditTrail trail, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.people = new PersonTable(database);
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Makes the account a person's, unless it is somebody's already.
     *
     * @throws ProblemException 403 if the address is missing, malformed, or somebody's whose it may not become
     */
    void admit(ProviderClaims claims) {
        if (isKnown(claims)) {
            return;
        }
        String email = ProviderFields.email(settings.emailClaim(), claims.email());
        try {
            database.inTransaction(() -> join(claims, email));
        } catch (DataIntegrityViolationException e) {
            if (!SqlStates.isUniqueViolation(e)) {
                throw e;
            }
            // An administrator was adding a person with this address.
            database.inTransaction(() -> join(claims, email));
        }
    }

    private boolean isKnown(ProviderClaims claims) {
        return database.sql("identity/count-accounts")
                        .param("issuer", settings.issuer())
                        .param("subject", claims.subject())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void join(ProviderClaims claims, String email) {
        Instant now = clock.instant();
        long workspace =
                database.sql("identity/first-workspace").query(Long.class).single();
        // First logins come one after the other: of two at once, the second finds what the first has made.
        database.sql("identity/touch-workspace")
                .param("workspace", workspace)
                .param("now", Timestamp.from(now))
                .update();
        if (isKnown(claims)) {
            return;
        }
        long person = existing(email)
                .map(found -> found.require(claims, email))
                .orElseGet(() -> add(workspace, claims, email, now));
        database.sql("identity/insert-account")
                .param("issuer", settings.issuer())
                .param("subject", claims.subject())
                .param("person", person)
                .param("now", Timestamp.from(now))
                .update();
        people.find(workspace, person)
                .ifPresent(joined -> trail.record(
                        joined.byItself(),
                        AuditedAction.of("firstLogin"),
                        "account " + claims.subject() + ", " + email));
    }

    private long add(long workspace, ProviderClaims claims, String email, Instant now) {
        String name = ProviderFields.name(claims.name(), email);
        return people.insert(workspace, email, name, Set.of(), null, now).id();
    }

    private Optional<Existing> existing(String email) {
        return database.sql("identity/find-person-for-account")
                .param("issuer", settings.issuer())
                .param("email", email)
                .query((row, number) -> new Existing(row.getLong("id"), row.getString("subject") != null))
                .optional();
    }

    private record Existing(long person, boolean hasAccount) {
        long require(ProviderClaims claims, String email) {
            if (hasAccount) {
                throw forbidden(
                        email + " is the address of a person with another account at the identity provider; come"
                                + " with that one, or have the provider give this one another address");
            }
            // Beyond ASCII, different letters are the same in lower case.
            boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode((String) claims.email());
            if (!claims.emailVerified() || !ascii) {
                throw forbidden("There is already a person with the address " + email + ", and the token does not prove"
                        + " that it is theirs: have the identity provider verify it and say so (claim email_verified, of"
                        + " the claim email), or use an access token of this service");
            }
            return person;
        }

        private static ProblemException forbidden(String detail) {
            return new ProblemException(Problem.FORBIDDEN, detail);
        }
    }
}
