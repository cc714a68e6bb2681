package dev.wharf.identity.login;

import dev.wharf.identity.Caller;
import dev.wharf.identity.CallerTable;
import dev.wharf.identity.CallerTable.PasswordHolder;
import dev.wharf.identity.Origin;
import dev.wharf.identity.audit.AuditEvent.Outcome;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.Passwords;
import dev.wharf.kernel.http.door.Authenticator.Evidence;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Finds people by address and password. Whether nobody has the address, somebody without a password, or somebody who is
 * disabled, takes as long as a wrong password and counts as one.
 */
final class BasicLogin {
    /** Passwords that are looked at at one time: each takes a core about 0.2 s, and strangers may send them. */
    private static final int AT_ONE_TIME = 2;

    /** Requests that may wait for that, of all those that the service has threads for. */
    private static final int MAX_WAITING = 32;

    private static final int PATIENCE_SECONDS = 5;

    private final CallerTable callers;
    private final LoginThrottle throttle;
    private final VerifiedPairs verified;
    private final AuditTrail trail;
    private final Semaphore slots = new Semaphore(AT_ONE_TIME, true);

    /** @param trail is told of refused passwords of people whom there are: no more than the throttle looks at */
    BasicLogin(CallerTable callers, AuditTrail trail, Clock clock) {
        this.callers = callers;
        this.trail = trail;
        this.throttle = new LoginThrottle(clock);
        this.verified = new VerifiedPairs(clock);
    }

    /**
     * The person with this address and password.
     *
     * @param evidence with where the request comes from
     * @throws ProblemException 429 after too many wrong passwords, also for a right one; 503 if too many others wait
     */
    Optional<Caller> login(BasicCredentials given, Evidence evidence) {
        String address = evidence.remoteAddress();
        throttle.refuseLocked(given.email(), address);
        Optional<PasswordHolder> holder = callers.byEmail(given.email());
        String hash = holder.map(PasswordHolder::passwordHash).orElse(Passwords.NONE);
        if (verified.contains(given, hash)) {
            return holder.map(PasswordHolder::caller);
        }
        if (!verify(given, hash, address)) {
            holder.ifPresent(known -> noteRefusal(known.caller(), evidence));
            return Optional.empty();
        }
        // That took its time: who was disabled meanwhile, or has another password by now, stays outside.
        return callers.byEmail(given.email())
                .filter(now -> now.passwordHash().equals(hash))
                .map(PasswordHolder::caller);
    }

    /** Nobody knows who it was: it is noted as what the service did for the person. */
    private void noteRefusal(Caller person, Evidence evidence) {
        trail.note(
                person.by(new Origin(Origin.Way.SERVICE, evidence.requestId())),
                AuditedAction.of("signIn"),
                Outcome.DENIED,
                "a wrong password, from " + evidence.remoteAddress());
    }

    private boolean verify(BasicCredentials given, String hash, String address) {
        takeSlot();
        try {
            if (verified.contains(given, hash)) {
                return true; // an equal request was quicker
            }
            throttle.begin(given.email(), address);
            boolean right = Passwords.matches(given.password().value(), hash);
            if (right) {
                throttle.right(given.email(), address);
                verified.add(given, hash);
            }
            return right;
        } finally {
            slots.release();
        }
    }

    private void takeSlot() {
        try {
            if (slots.getQueueLength() < MAX_WAITING && slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(
                Problem.UNAVAILABLE, "Too many passwords are being looked at; try again, or use an access token");
    }
}
