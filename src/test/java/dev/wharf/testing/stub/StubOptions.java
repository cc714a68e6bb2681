package dev.wharf.testing.stub;

import dev.wharf.testing.Authority;
import java.util.Set;

/**
 * How a {@link StubS3} works.
 *
 * @param port 0 for any
 * @param discards whether the bytes of what is uploaded are thrown away; a GET then gives as many others
 * @param everyMd5 whether every body's MD5 is computed and compared with its {@code Content-MD5}; else that is believed, so
 *     that a benchmark does not measure the hashing of the stub, and a body without it gets an ETag that is no MD5
 * @param checksSignatures whether a request must be signed with the server's key pair
 * @param recording whether requests are kept for tests to look at
 * @param habits in which it differs from AWS S3
 * @param authority who has signed its certificate; null where it speaks plain HTTP
 */
public record StubOptions(
        int port,
        boolean discards,
        boolean everyMd5,
        boolean checksSignatures,
        boolean recording,
        Set<StubHabit> habits,
        Authority authority) {
    /** Everything is kept and can be looked at. */
    public static final StubOptions TESTS = new StubOptions(0, false, true, false, true, Set.of(), null);

    /** Nothing is kept, and nothing computed. */
    public static final StubOptions BENCHMARKS = new StubOptions(0, true, false, false, false, Set.of(), null);

    public StubOptions onPort(int other) {
        return new StubOptions(other, discards, everyMd5, checksSignatures, recording, habits, authority);
    }

    public StubOptions keeping() {
        return new StubOptions(port, false, true, checksSignatures, recording, habits, authority);
    }

    public StubOptions discarding() {
        return new StubOptions(port, true, everyMd5, checksSignatures, recording, habits, authority);
    }

    public StubOptions withEveryMd5() {
        return new StubOptions(port, discards, true, checksSignatures, recording, habits, authority);
    }

    public StubOptions checkingSignatures() {
        return new StubOptions(port, discards, everyMd5, true, recording, habits, authority);
    }

    public StubOptions recordingRequests() {
        return new StubOptions(port, discards, everyMd5, checksSignatures, true, habits, authority);
    }

    public StubOptions ignoringConditions() {
        return with(Set.of(StubHabit.IGNORES_PUT_CONDITIONS, StubHabit.IGNORES_COMPLETION_CONDITIONS));
    }

    /** A store that differs from AWS S3 in these ways. */
    public StubOptions with(Set<StubHabit> others) {
        return new StubOptions(port, discards, everyMd5, checksSignatures, recording, Set.copyOf(others), authority);
    }

    /** A store that speaks TLS. */
    public StubOptions certifiedBy(Authority other) {
        return new StubOptions(port, discards, everyMd5, checksSignatures, recording, habits, other);
    }

    boolean has(StubHabit habit) {
        return habits.contains(habit);
    }

    /**
     * Whether only what is not there yet may be stored.
     *
     * @throws S3Error NotImplemented
     */
    boolean onlyNew(StubRequest request) {
        boolean completes = UploadRequests.isMeant(request);
        boolean onlyNew = Conditions.onlyNew(request);
        if (onlyNew && has(completes ? StubHabit.REFUSES_COMPLETION_CONDITIONS : StubHabit.REFUSES_PUT_CONDITIONS)) {
            throw new S3Error(501, "NotImplemented", "Conditional object PUTs are not supported.");
        }
        return onlyNew && !has(completes ? StubHabit.IGNORES_COMPLETION_CONDITIONS : StubHabit.IGNORES_PUT_CONDITIONS);
    }
}
