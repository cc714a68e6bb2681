package dev.wharf.s3.read;

import static dev.wharf.s3.ObjectStoreContract.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.s3.read.ReadPace.Progress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredPaceTest {
    private static final int RANGE = 16 * MIB;
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Progress COMING = new Progress(false, 0, 10 * MILLI);
    private static final Progress JUST_THERE = new Progress(true, 10 * MILLI, 11 * MILLI);
    private static final Progress LONG_THERE = new Progress(true, 10 * MILLI, 1000 * MILLI);

    private long now;
    private MeasuredPace pace;

    @BeforeEach
    void begin() {
        pace = new MeasuredPace(RANGE, () -> now);
    }

    /** Reads directly, at so many bytes a second, waiting all the time or not at all. */
    private void readDirectly(long bytes, long bytesPerSecond, boolean waiting) {
        for (long read = 0; read < bytes; read += MIB) {
            long nanos = TimeUnit.SECONDS.toNanos(MIB) / bytesPerSecond;
            now += nanos;
            pace.readDirectly(MIB, waiting ? nanos : 0);
        }
    }

    private void readRanges(int count, long bytesPerSecond, Progress next) {
        for (int range = 0; range < count; range++) {
            now += TimeUnit.SECONDS.toNanos(RANGE) / bytesPerSecond;
            pace.readRange(next);
        }
    }

    @Test
    void nothingIsFetchedAheadOfWhoOnlyLooks() {
        readDirectly(RANGE / 2 - MIB, 100_000_000, true);

        assertThat(pace.depth()).isZero();
    }

    @Test
    void whoWaitsForTheStoreIsGivenMore() {
        readDirectly(RANGE, 100_000_000, true);
        assertThat(pace.depth()).isOne();

        readRanges(1, 100_000_000, COMING);
        assertThat(pace.depth()).isEqualTo(2);
        readRanges(2, 100_000_000, COMING);
        assertThat(pace.depth())
                .as("four at a time, with the one that is being read")
                .isEqualTo(3);
    }

    @Test
    void whoIsSlowerThanTheStoreIsGivenNothing() {
        readDirectly(4L * RANGE, 1_000_000, false);

        assertThat(pace.depth()).isZero();
    }

    @Test
    void whoBecomesSlowerThanTheStoreIsGivenLess() {
        readDirectly(RANGE, 100_000_000, true);
        readRanges(3, 300_000_000, COMING);

        readRanges(4, 300_000_000, JUST_THERE);
        assertThat(pace.depth()).as("one is there in time").isOne();
        readRanges(2, 300_000_000, LONG_THERE);
        assertThat(pace.depth()).isZero();
    }

    @Test
    void storeOnThisMachineIsReadDirectly() {
        readDirectly(1L << 30, 2_000_000_000, true);

        assertThat(pace.depth()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {50_000_000, 500_000_000})
    void whatMakesTheReaderFasterIsKeptUp(long speed) {
        readDirectly(1L << 28, speed, true);
        readRanges(1000, speed * 5 / 4, COMING);

        assertThat(pace.depth()).isEqualTo(3);
    }

    @Test
    void whatBringsNothingIsGivenUpAndTriedAgainMuchLater() {
        readDirectly(1L << 28, 500_000_000, true);
        readRanges(6, 510_000_000, COMING);
        assertThat(pace.depth()).isZero();
        pace.readRange(null);

        readDirectly(1L << 29, 500_000_000, true);
        assertThat(pace.depth()).isZero();
        readDirectly(1L << 30, 500_000_000, true);
        assertThat(pace.depth()).isOne();

        readRanges(7, 510_000_000, COMING);
        pace.readRange(null);
        readDirectly(3L << 29, 500_000_000, true);
        assertThat(pace.depth()).as("after twice as long").isZero();
    }

    @Test
    void withoutMemoryForTheNextRangeItIsTriedAgain() {
        readDirectly(RANGE, 100_000_000, true);
        readRanges(1, 100_000_000, COMING);
        pace.readRange(null);

        readDirectly(RANGE, 100_000_000, true);

        assertThat(pace.depth()).isPositive();
    }
}
