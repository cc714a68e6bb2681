package dev.wharf.s3.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How patiently, and with how much memory, stores are used. One for all connections.
 *
 * @param connectTimeout how long a connection to the store may take
 * @param socketTimeout how long the store may be silent within an answer
 * @param attemptTimeout how long the store may take for the whole answer to a question that it answers from its index: a
 *     page of a listing, HEAD, the list of buckets. After three times as long the question is given up, whatever has
 *     happened to it, so that a store which takes connections and never answers keeps nobody for long
 * @param attempts how often an operation is tried in all, 1 or more
 * @param retryDelay the longest wait before the second try; it doubles with each further try, with full jitter, up to
 *     20 s (AWS, <i>Retry behavior</i>)
 * @param maxConnections open connections per client, so also open streams per connection's key pair
 * @param bufferBytes memory for all parts that are on their way to a store at one time, at least 16 MiB; uploads that
 *     find it used up wait
 * @param bufferWait how long an upload waits for that memory before it fails as UNAVAILABLE
 */
public record StoreSettings(
        Duration connectTimeout,
        Duration socketTimeout,
        Duration attemptTimeout,
        int attempts,
        Duration retryDelay,
        int maxConnections,
        long bufferBytes,
        Duration bufferWait) {
    static final Duration LONGEST_DELAY = Duration.ofSeconds(20);
    private static final int MOST_WALKERS = 16;
    /** The least that a part of an upload holds, in bytes; also the size up to which an object is stored by one request. */
    public static final int SMALLEST_PART = 8 << 20;

    private static final long LEAST_BUFFER_BYTES = 2L * SMALLEST_PART;

    public StoreSettings {
        if (attempts < 1 || maxConnections < 1) {
            throw new IllegalArgumentException("attempts and maxConnections must be at least 1");
        }
        bufferBytes = Math.max(LEAST_BUFFER_BYTES, bufferBytes);
    }

    /** Five attempts, 50 connections, a quarter of the heap. */
    public static StoreSettings defaults() {
        return new StoreSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                5,
                Duration.ofMillis(100),
                50,
                Runtime.getRuntime().maxMemory() / 4,
                Duration.ofMinutes(10));
    }

    /** The same with another {@link #retryDelay}. */
    public StoreSettings retrying(Duration delay) {
        return new StoreSettings(
                connectTimeout,
                socketTimeout,
                attemptTimeout,
                attempts,
                delay,
                maxConnections,
                bufferBytes,
                bufferWait);
    }

    /**
     * The same, for a test of a connection: nothing is waited for longer than {@link #attemptTimeout}, and there is one
     * second try, as the first may meet a connection that was just closed, or teach the SDK the store's time.
     */
    public StoreSettings impatient() {
        return new StoreSettings(
                connectTimeout,
                socketTimeout.compareTo(attemptTimeout) < 0 ? socketTimeout : attemptTimeout,
                attemptTimeout,
                Math.min(2, attempts),
                retryDelay,
                maxConnections,
                bufferBytes,
                bufferWait);
    }

    /** Memory for what is fetched ahead of readers, in bytes: apart from that of parts, and half as much. */
    public long readBytes() {
        return bufferBytes / 2;
    }

    /** Requests at one time by which a walk in no order may list, 1 to 16; half of the connections are for other work. */
    public int walkers() {
        return Math.max(1, Math.min(MOST_WALKERS, maxConnections / 2));
    }

    /** Waits before try number {@code failures + 1} of something that the SDK does not retry itself. */
    public void pause(int failures) throws InterruptedException {
        long ceiling =
                Math.min(LONGEST_DELAY.toMillis(), retryDelay.toMillis() << Math.min(Math.max(failures - 1, 0), 16));
        Thread.sleep(ThreadLocalRandom.current().nextLong(ceiling + 1));
    }
}
