package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileThreadsTest {
    private final ExecutorService threads = FileThreads.create(3);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static List<Integer> files(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void eachFileHasItsTurnOnce() {
        Queue<Integer> done = new ConcurrentLinkedQueue<>();

        FileThreads.forEach(threads, files(1_000), done::add);

        assertThat(done).containsExactlyInAnyOrderElementsOf(files(1_000));
    }

    @Test
    void thePoolAndTheCallerWorkAtOneTime() {
        var allFour = new CyclicBarrier(4);

        FileThreads.forEach(threads, files(4), file -> await(allFour));
    }

    @Test
    void whoFindsAllThreadsBusyDoesItself() throws Exception {
        var busy = new CountDownLatch(3);
        var free = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            threads.execute(() -> {
                busy.countDown();
                try {
                    free.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        busy.await();
        Set<Thread> workers = ConcurrentHashMap.newKeySet();

        FileThreads.forEach(threads, files(10), file -> workers.add(Thread.currentThread()));

        assertThat(workers).containsExactly(Thread.currentThread());
        free.countDown();
    }

    @Test
    void afterAFailureNoFurtherFileIsBegun() {
        var begun = new AtomicInteger();

        assertThatThrownBy(() -> FileThreads.forEach(Runnable::run, files(1_000), file -> {
                    begun.incrementAndGet();
                    throw new IllegalArgumentException("file " + file);
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file 0")
                .hasNoSuppressedExceptions();

        assertThat(begun).hasValue(1);
    }

    @Test
    void theFirstFailureIsThrownOnceNothingIsUnderWay() {
        var allFour = new CyclicBarrier(4);
        var underWay = new AtomicInteger(4);

        assertThatThrownBy(() -> FileThreads.forEach(threads, files(4), file -> {
                    await(allFour);
                    underWay.decrementAndGet();
                    throw new IllegalArgumentException("file " + file);
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(3));

        assertThat(underWay).hasValue(0);
    }

    @Test
    void anErrorIsThrownAsItIs() {
        assertThatThrownBy(() -> FileThreads.forEach(threads, files(2), file -> {
                    throw new StackOverflowError("file");
                }))
                .isInstanceOf(StackOverflowError.class);
    }
}
