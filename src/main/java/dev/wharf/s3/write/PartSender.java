package dev.wharf.s3.write;

import dev.wharf.store.StagedObject;
import java.io.IOException;
import java.util.concurrent.Executor;

/** Sends the parts of one upload: while some travel the next is read. */
final class PartSender {
    private static final int AT_A_TIME = 4;

    private final MultipartUpload upload;
    private final PartBuffers buffers;
    private final PartsInFlight parts;
    private int number;

    PartSender(MultipartUpload upload, PartBuffers buffers, Executor threads) {
        this.upload = upload;
        this.buffers = buffers;
        parts = new PartsInFlight(upload::add, threads, AT_A_TIME);
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
                PartBuffer part = parts.take(buffers, sizes.of(number + 1));
                try {
                    last = source.fill(part);
                } catch (IOException | RuntimeException | Error e) {
                    part.close();
                    throw e;
                }
                submit(part);
            }
            parts.awaitAll();
            return upload.staged(source.size(), source.crc32c());
        } catch (IOException | RuntimeException | Error e) {
            parts.settle();
            upload.abandon(e);
            throw e;
        }
    }

    private void submit(PartBuffer part) {
        int mine = ++number;
        parts.submit(() -> {
            try (part) {
                return upload.send(mine, part);
            }
        });
    }
}
