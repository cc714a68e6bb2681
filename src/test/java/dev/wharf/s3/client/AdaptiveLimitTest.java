package dev.wharf.s3.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That a store which asks for less gets it, and more again when it can bear it. */
class AdaptiveLimitTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
    private final AdaptiveLimit limit = new AdaptiveLimit(8, nanoTime::get);

    @Test
    void noMoreThanTheLimitAreUnderWay() {
        IntStream.range(0, 8).forEach(index -> assertThat(limit.tryAcquire()).isTrue());
        assertThat(limit.tryAcquire()).isFalse();

        limit.release();

        assertThat(limit.tryAcquire()).isTrue();
    }

    @Test
    void complaintsHalveItOnceASecond() {
        limit.throttled();
        limit.throttled();
        assertThat(limit.limit()).isEqualTo(4);

        nanoTime.addAndGet(Duration.ofMillis(999).toNanos());
        limit.throttled();
        assertThat(limit.limit()).isEqualTo(4);

        nanoTime.addAndGet(Duration.ofMillis(1).toNanos());
        limit.throttled();
        assertThat(limit.limit()).isEqualTo(2);
    }

    @Test
    void nothingIsLeftOfItWhereTheStoreKeepsComplaining() {
        for (int second = 0; second < 10; second++) {
            limit.throttled();
            nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        assertThat(limit.limit()).isZero();
        assertThat(limit.tryAcquire()).isFalse();
    }

    @Test
    void whoIsOverALoweredLimitIsTold() {
        IntStream.range(0, 5).forEach(index -> limit.tryAcquire());
        assertThat(limit.isExceeded()).isFalse();

        limit.throttled();
        assertThat(limit.isExceeded()).isTrue();
        assertThat(limit.tryAcquire()).isFalse();

        limit.release();
        assertThat(limit.isExceeded()).isFalse();
    }

    @Test
    void goodAnswersGiveBackOneAfterTheOtherUpToTheFirstLimit() {
        limit.throttled();
        IntStream.range(0, 19).forEach(index -> limit.answered());
        assertThat(limit.limit()).isEqualTo(4);

        limit.answered();
        assertThat(limit.limit()).isEqualTo(5);

        IntStream.range(0, 1_000).forEach(index -> limit.answered());
        assertThat(limit.limit()).isEqualTo(8);
    }

    @Test
    void complaintBetweenGoodAnswersBeginsTheCountAnew() {
        limit.throttled();
        for (int round = 0; round < 10; round++) {
            IntStream.range(0, 19).forEach(index -> limit.answered());
            limit.throttled();
        }

        assertThat(limit.limit()).isEqualTo(4);
    }
}
