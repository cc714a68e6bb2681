package dev.wharf.identity.login;

import dev.wharf.identity.Caller;
import dev.wharf.identity.oidc.ProviderCodes;
import dev.wharf.identity.oidc.ProviderCodes.Attempt;
import dev.wharf.kernel.http.door.ProviderSignIn;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Begins sessions for people who have signed in at the identity provider. */
final class OidcSignIn implements ProviderSignIn {
    private static final int AT_ONE_TIME = 16;

    private final Semaphore places = new Semaphore(AT_ONE_TIME);
    private final ProviderCodes codes;
    private final OidcLogin login;
    private final PageSessions sessions;
    private final String issuer;

    OidcSignIn(ProviderCodes codes, OidcLogin login, PageSessions sessions, String issuer) {
        this.codes = codes;
        this.login = login;
        this.sessions = sessions;
        this.issuer = issuer;
    }

    @Override
    public Departure depart() {
        return withPatience(this::begin);
    }

    private Departure begin() {
        var attempt = Attempt.begin();
        return new Departure(
                codes.address(attempt), String.join(".", attempt.state(), attempt.nonce(), attempt.verifier()));
    }

    @Override
    public String arrive(Arrival arrival) {
        String[] kept = arrival.kept() == null ? new String[0] : arrival.kept().split("\\.", -1);
        if (kept.length != 3 || !same(kept[0], arrival.state())) {
            throw refused("This sign-in was not begun in this browser, or too long ago: begin it again");
        }
        if (arrival.issuer() != null && !arrival.issuer().equals(issuer)) {
            throw refused("The answer is of another identity provider: begin again");
        }
        if (arrival.code() == null) {
            throw refused("The identity provider did not let you in"
                    + (isWord(arrival.error()) ? " (" + arrival.error() + ")" : "") + ": begin again");
        }
        var attempt = new Attempt(kept[0], kept[1], kept[2]);
        Caller caller = login.login(withPatience(() -> codes.redeem(arrival.code(), attempt)))
                .orElseThrow(() -> refused("The person is disabled"));
        return sessions.begin(caller, null);
    }

    /** Strangers may come here, and each has a thread while the provider takes its time. */
    private <T> T withPatience(Supplier<T> asking) {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    Problem.UNAVAILABLE, "Too many people wait for the identity provider: try again in a moment");
        }
        try {
            return asking.get();
        } finally {
            places.release();
        }
    }

    private static boolean isWord(String error) {
        return error != null && error.matches("[a-z_]{1,50}");
    }

    private static boolean same(String one, String other) {
        return other != null
                && MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.UNAUTHENTICATED, detail);
    }
}
