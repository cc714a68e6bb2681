package dev.wharf.s3.write;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.store.StagedObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Goes on with an upload where it stopped: what has arrived is told as it arrives, and a failure ends nothing. All parts
 * but the last are equal, whichever process sends them.
 */
final class PartAppender {
    private static final int AT_A_TIME = 4;

    private final PartBuffers buffers;
    private final PartsInFlight parts;
    private final MultipartUpload upload;
    private final long length;
    private final long partSize;
    private final Consumer<StagedObject> kept;
    private StagedObject staged;

    PartAppender(
            MultipartUpload upload,
            PartBuffers buffers,
            Executor threads,
            StagedObject begun,
            long length,
            Consumer<StagedObject> kept) {
        this.upload = upload;
        this.buffers = buffers;
        this.parts = new PartsInFlight(this::keep, threads, AT_A_TIME);
        this.staged = begun;
        this.length = length;
        this.partSize = new PartSizes(OptionalLong.of(length), buffers.largest()).of(1);
        this.kept = kept;
    }

    private void keep(SentPart part) {
        staged = staged.and(part.etag(), part.crc32c(), Math.min(partSize, length - staged.size()));
        kept.accept(staged);
    }

    StagedObject append(InputStream in) throws IOException {
        try {
            send(in);
            parts.awaitAll();
            return staged;
        } catch (IOException e) {
            parts.awaitAll(); // the sender broke off: what it has sent before still counts
            throw e;
        } finally {
            parts.settle();
        }
    }

    private void send(InputStream in) throws IOException {
        long read = staged.size();
        int number = staged.parts().size();
        while (read < length || number == 0) {
            PartBuffer part = parts.take(buffers, Math.min(partSize, length - read));
            if (!fill(part, in)) {
                return;
            }
            read += part.size();
            int mine = ++number;
            parts.submit(() -> {
                try (part) {
                    return upload.send(mine, part);
                }
            });
        }
        if (in.read() >= 0) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    StoreErrors.place(staged.bucket(), staged.key()) + ": " + length
                            + " bytes were announced, and more came");
        }
    }

    /** What is less than a part is not kept: stores take small parts only at the end. */
    private static boolean fill(PartBuffer part, InputStream in) throws IOException {
        boolean full = false;
        try {
            part.fill(in);
            full = part.isFull();
            return full;
        } finally {
            if (!full) {
                part.close();
            }
        }
    }
}
