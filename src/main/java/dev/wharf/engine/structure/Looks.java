package dev.wharf.engine.structure;

import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.sample.FileStructure;
import dev.wharf.engine.sample.Sampler;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.springframework.util.FileSystemUtils;

/** Looks into files of one place, several at a time. */
final class Looks {
    /** What is done with each file, in their order. */
    interface Taker {
        void take(Member member, FileStructure structure);
    }

    private record Look(Member member, Future<FileStructure> structure) {}

    private final Sampler sampler;
    private final Path folder;
    private final ExecutorService workers;
    private final int atOneTime;
    private final ObjectStore store;
    private final String bucket;
    /** The first one for which a file could not be read. */
    private volatile ProblemException failure;

    Looks(Sampler sampler, Path folder, ExecutorService workers, int atOneTime, ObjectStore store, String bucket) {
        this.sampler = sampler;
        this.folder = folder;
        this.workers = workers;
        this.atOneTime = atOneTime;
        this.store = store;
        this.bucket = bucket;
    }

    /** Why the first file could not be read that could not; null where all could. */
    ProblemException failure() {
        return failure;
    }

    /**
     * Looks into files, a few ahead of the one that is taken.
     *
     * @param types whether types are found out where a format does not state them
     * @throws ProblemException {@code UNAVAILABLE} where the calling thread was interrupted; what the store says where no
     *     file can be read
     */
    void each(Iterator<Member> members, Reading said, boolean types, Taker taker) {
        var ahead = new ArrayDeque<Look>();
        try {
            while (members.hasNext() || !ahead.isEmpty()) {
                while (members.hasNext() && ahead.size() < atOneTime) {
                    var member = members.next();
                    ahead.add(new Look(member, workers.submit(() -> into(member, said, types))));
                }
                var look = ahead.remove();
                taker.take(look.member(), look.structure().get());
            }
        } catch (InterruptedException canceled) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.UNAVAILABLE, "The files were not looked into to their end.");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        } finally {
            ahead.forEach(look -> look.structure().cancel(true));
        }
    }

    /** What is wrong with a file is part of what is found. */
    FileStructure into(Member member, Reading said, boolean types) {
        Path own = null;
        try {
            own = Files.createTempDirectory(folder, "");
            return sampler.structure(store, bucket, member.key(), member.etag(), said, own, types);
        } catch (ProblemException problem) {
            if (!isOfOneFile(problem)) {
                throw problem;
            }
            failure = failure == null ? problem : failure;
            return FileStructure.broken(SourceFormat.named(member.key()), problem.detail());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            delete(own);
        }
    }

    private static boolean isOfOneFile(ProblemException problem) {
        if (problem instanceof StoreException store) {
            return switch (store.kind()) {
                case NOT_FOUND, CHANGED, DENIED, ARCHIVED, RESTORING, OUT_OF_RANGE, REFUSED -> true;
                default -> false;
            };
        }
        return !problem.problem().transientFailure();
    }

    private static void delete(Path own) {
        try {
            FileSystemUtils.deleteRecursively(own);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
