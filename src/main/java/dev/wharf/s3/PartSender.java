package dev.wharf.s3;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Sends the parts of one upload, a few at a time: while one travels the next is read. An upload waits for memory only
 * while it holds none, and needs no thread but its own, so that any number of uploads always gets on.
 */
final class PartSender {
    private static final int AT_A_TIME = 4;

    private final MultipartUpload upload;
    private final PartBuffers buffers;
    private final Executor threads;
    private final Deque<FutureTask<String>> travelling = new ArrayDeque<>();
    private int number;

    PartSender(MultipartUpload upload, PartBuffers buffers, Executor threads) {
        this.upload = upload;
        this.buffers = buffers;
        this.threads = threads;
    }

    /**
     * Sends everything, or aborts the upload.
     *
     * @param first the first part, filled; it is given back whatever happens
     * @param ended whether it is also the last
     */
    StagedObject send(PartBuffer first, boolean ended, PartSource source, PartSizes sizes) throws IOException {
        try {
            submit(first);
            boolean last = ended;
            while (!last) {
                PartBuffer part = nextBuffer(sizes.of(number + 1));
                try {
                    last = source.fill(part);
                } catch (IOException | RuntimeException | Error e) {
                    part.close();
                    throw e;
                }
                submit(part);
            }
            while (!travelling.isEmpty()) {
                awaitOldest();
            }
            return upload.staged(source.size(), source.md5());
        } catch (IOException | RuntimeException | Error e) {
            settle();
            upload.abandon(e);
            throw e;
        }
    }

    private PartBuffer nextBuffer(long capacity) {
        while (travelling.size() >= AT_A_TIME) {
            awaitOldest();
        }
        PartBuffer free = buffers.takeIfFree(capacity);
        while (free == null && !travelling.isEmpty()) {
            awaitOldest();
            free = buffers.takeIfFree(capacity);
        }
        return free == null ? buffers.take(capacity) : free;
    }

    private void submit(PartBuffer part) {
        int mine = ++number;
        var task = new FutureTask<>(() -> {
            try (part) {
                return upload.send(mine, part);
            }
        });
        travelling.add(task);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // All threads are busy with other uploads: this one has its own.
            task.run();
        }
    }

    private void awaitOldest() {
        FutureTask<String> oldest = travelling.peek();
        try {
            upload.add(oldest.get());
            travelling.remove();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "The upload was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** A part that arrives after the abort would stay for ever: all have to be through before. */
    private void settle() {
        boolean interrupted = Thread.interrupted();
        while (!travelling.isEmpty()) {
            try {
                travelling.peek().get();
                travelling.remove();
            } catch (ExecutionException e) {
                travelling.remove();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
