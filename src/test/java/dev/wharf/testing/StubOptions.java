package dev.wharf.testing;

/**
 * How a {@link StubS3} works.
 *
 * @param port 0 for any
 * @param discards whether the bytes of what is uploaded are thrown away; a GET then gives as many others
 * @param everyMd5 whether every body's MD5 is computed and compared with its {@code Content-MD5}; else that is believed, so
 *     that a benchmark does not measure the hashing of the stub, and a body without it gets an ETag that is no MD5
 * @param checksSignatures whether a request must be signed with the server's key pair
 * @param recording whether requests are kept for tests to look at
 * @param ignoresConditions whether {@code If-None-Match} keeps no write from overwriting
 */
public record StubOptions(
        int port,
        boolean discards,
        boolean everyMd5,
        boolean checksSignatures,
        boolean recording,
        boolean ignoresConditions) {
    /** Everything is kept and can be looked at. */
    public static final StubOptions TESTS = new StubOptions(0, false, true, false, true, false);

    /** Nothing is kept, and nothing computed. */
    public static final StubOptions BENCHMARKS = new StubOptions(0, true, false, false, false, false);

    public StubOptions onPort(int other) {
        return new StubOptions(other, discards, everyMd5, checksSignatures, recording, ignoresConditions);
    }

    public StubOptions keeping() {
        return new StubOptions(port, false, true, checksSignatures, recording, ignoresConditions);
    }

    public StubOptions discarding() {
        return new StubOptions(port, true, everyMd5, checksSignatures, recording, ignoresConditions);
    }

    public StubOptions withEveryMd5() {
        return new StubOptions(port, discards, true, checksSignatures, recording, ignoresConditions);
    }

    public StubOptions checkingSignatures() {
        return new StubOptions(port, discards, everyMd5, true, recording, ignoresConditions);
    }

    public StubOptions ignoringConditions() {
        return new StubOptions(port, discards, everyMd5, checksSignatures, recording, true);
    }

    boolean onlyNew(StubRequest request) {
        return Conditions.onlyNew(request) && !ignoresConditions;
    }
}
