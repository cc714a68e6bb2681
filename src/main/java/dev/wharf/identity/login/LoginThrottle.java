package dev.wharf.identity.login;

import dev.wharf.kernel.problem.TooManyRequestsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps passwords from being guessed: of one e-mail address, whether anybody has it or not, and from one network address,
 * ten wrong ones are taken in any fifteen minutes. Further ones are not looked at, right or wrong. Counted by each node
 * for itself.
 */
final class LoginThrottle {
    private static final int MAX_WRONG = 10;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    /**
     * More than can be counted in a window, so that wrong passwords of other addresses never push out those of one: a node looks at some 10
     * passwords a second ({@link BasicLogin}), and each counts twice.
     */
    private static final int MAX_KEYS = 50_000;

    private final Clock clock;
    /** When the last wrong ones came, oldest first, ten at most. */
    private final Map<String, Deque<Instant>> wrong = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > MAX_KEYS;
        }
    };

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * @throws TooManyRequestsException while one of both is locked
     */
    synchronized void refuseLocked(String email, String address) {
        Instant now = clock.instant();
        for (String key : keys(email, address)) {
            Deque<Instant> times = wrong.get(key);
            if (times != null && times.size() == MAX_WRONG) {
                Duration rest = Duration.between(now, times.getFirst().plus(WINDOW));
                if (rest.compareTo(Duration.ZERO) > 0) {
                    throw new TooManyRequestsException(
                            "Too many wrong passwords: wait for " + minutes(rest) + ", or use an access token", rest);
                }
            }
        }
    }

    /**
     * Counts a password as wrong before it is looked at, so that many at once are not more than one after the other.
     *
     * @throws TooManyRequestsException while one of both is locked
     */
    synchronized void begin(String email, String address) {
        refuseLocked(email, address);
        for (String key : keys(email, address)) {
            // Removed, to come behind all others: the eldest, which has to go where there are too many, is the
            // quietest.
            Deque<Instant> times = wrong.remove(key);
            if (times == null) {
                times = new ArrayDeque<>(MAX_WRONG);
            } else if (times.size() == MAX_WRONG) {
                times.removeFirst();
            }
            times.addLast(clock.instant());
            wrong.put(key, times);
        }
    }

    /** Takes back what {@link #begin} has counted: the password was right. Earlier wrong ones still count. */
    synchronized void right(String email, String address) {
        for (String key : keys(email, address)) {
            Deque<Instant> times = wrong.get(key);
            if (times != null) {
                times.pollLast();
                if (times.isEmpty()) {
                    wrong.remove(key);
                }
            }
        }
    }

    /** Rounded up, so that nobody comes too early. */
    private static String minutes(Duration rest) {
        long minutes = rest.plusMinutes(1).minusNanos(1).toMinutes();
        return minutes == 1 ? "1 minute" : minutes + " minutes";
    }

    private static List<String> keys(String email, String address) {
        return List.of("email " + email, "network " + network(address));
    }

    /** Of IPv6 the first 64 bits: whoever has one address there has all. */
    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress(); // a literal: nothing is looked up
            return HexFormat.of().formatHex(bytes, 0, Math.min(8, bytes.length));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
