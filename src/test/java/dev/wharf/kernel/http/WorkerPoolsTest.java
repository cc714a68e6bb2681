package dev.wharf.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerPoolsTest {
    private static final int MOST = 8;

    private final ThreadPoolExecutor pool =
            (ThreadPoolExecutor) new WorkerPools().createExecutor(Thread::new, MOST, MOST);

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    @Test
    void workThatComesOneAfterTheOtherNeedsNoFurtherThread() throws Exception {
        for (int work = 0; work < 200; work++) {
            pool.submit(() -> {}).get();
            await().until(() -> pool.getActiveCount() == 0);
        }

        assertThat(pool.getLargestPoolSize()).isLessThan(MOST);
    }

    @Test
    void workThatComesTogetherIsDoneAtOnceUpToTheBoundAndTheRestInItsOrder() throws Exception {
        var begun = new CountDownLatch(MOST);
        var free = new CountDownLatch(1);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        List<Future<?>> all = new ArrayList<>();
        for (int work = 0; work < 100; work++) {
            all.add(pool.submit(() -> {
                threads.add(Thread.currentThread().getName());
                begun.countDown();
                free.await();
                return null;
            }));
        }

        begun.await();
        assertThat(pool.getQueue()).hasSize(100 - MOST);
        free.countDown();
        for (Future<?> work : all) {
            work.get();
        }
        assertThat(threads).hasSize(MOST);
    }

    @Test
    void nothingIsTakenOnceItIsEnded() {
        pool.shutdown();

        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void vertxWorksWithIt() throws Exception {
        var vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(32));
        try {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            for (int work = 0; work < 200; work++) {
                vertx.executeBlocking(() -> threads.add(Thread.currentThread()))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
            }
            assertThat(threads).hasSizeLessThan(32);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }
}
