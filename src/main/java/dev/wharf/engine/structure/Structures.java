package dev.wharf.engine.structure;

import dev.wharf.engine.file.Reading;
import dev.wharf.engine.sample.Sampler;
import dev.wharf.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.util.FileSystemUtils;

/** Finds out how the files of datasets are structured. Safe for use by many threads. */
public final class Structures {
    /** Of all datasets together. */
    private static final int AT_ONE_TIME = 8;

    private final Sampler sampler;
    private final Path folder;
    private final ExecutorService workers;

    /**
     * Removes what a process that died has left.
     *
     * @param folder for temporary files; nothing else may be in it
     */
    public Structures(Sampler sampler, Path folder) {
        this.sampler = sampler;
        this.folder = folder;
        var pool = new ThreadPoolExecutor(
                AT_ONE_TIME, AT_ONE_TIME, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, "structure");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.workers = pool;
        try {
            FileSystemUtils.deleteRecursively(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Finds the structure that all files have.
     *
     * @param location of the files, for messages
     * @param sample of which all files were taken note
     * @param said how they are to be read
     * @param all them once more, for {@link Extent#ALL}; null where there is no more than the sample
     * @return null where none was looked for, or no file has a row
     * @throws dev.wharf.kernel.problem.ProblemException {@code VALIDATION_FAILED} where files differ or cannot be read, with the
     *     first hundred of them and what differs; what the store says where it cannot be reached
     */
    public Structure check(
            ObjectStore store,
            String bucket,
            String location,
            StructureSample sample,
            Reading said,
            Extent extent,
            Supplier<Iterator<Member>> all) {
        if (extent == Extent.NONE) {
            return null;
        }
        var looks = new Looks(sampler, folder, workers, AT_ONE_TIME, store, bucket);
        return new StructureCheck(looks, said).of(location, sample, extent == Extent.ALL ? all : null);
    }
}
