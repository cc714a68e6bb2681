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
 * but the last are equal, whichever process sends them; but for those of a sender whose pieces are all smaller, each of which
 * is a part as long as stores take it.
 */
final class PartAppender {
    private static final int AT_A_TIME = 4;

    /** Bytes of a part that is not the last (AWS, <i>Amazon S3 multipart upload limits</i>). */
    private static final long LEAST = 5L << 20;

    private final PartBuffers buffers;
    private final PartsInFlight parts;
    private final MultipartUpload upload;
    private final long length;
    private final long partSize;
    private final Consumer<StagedObject> kept;
    private StagedObject staged;
    /** Of a part that is a whole piece; 0 where there is none. */
    private long piece;

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
        staged = staged.and(part.etag(), piece > 0 ? piece : Math.min(partSize, length - staged.size()));
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
            if (!fill(part, in, read)) {
                return;
            }
            read += part.size();
            submit(part, ++number);
            if (piece > 0) {
                return;
            }
        }
        if (in.read() >= 0) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    StoreErrors.place(staged.bucket(), staged.key()) + ": " + length
                            + " bytes were announced, and more came");
        }
    }

    private void submit(PartBuffer part, int number) throws IOException {
        parts.submit(() -> {
            try (part) {
                return upload.send(number, part);
            }
        });
    }

    /** What is less than a part is not kept, as stores take small parts only at the end; unless it is a piece that they take. */
    private boolean fill(PartBuffer part, InputStream in, long read) throws IOException {
        boolean taken = false;
        try {
            part.fill(in);
            taken = part.isFull() || isPart(part.size(), read);
            if (taken && !part.isFull()) {
                piece = part.size();
            }
            return taken;
        } finally {
            if (!taken) {
                part.close();
            }
        }
    }

    /** Whether a piece that has come whole can be a part, and leaves enough numbers for the rest. */
    private boolean isPart(long size, long read) {
        long rest = (length - read - size) / partSize + 1;
        return read == staged.size() && size >= LEAST && staged.parts().size() + 1 + rest <= PartSizes.MOST_PARTS;
    }
}
