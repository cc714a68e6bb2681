package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.Publication;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** Looks, before any byte moves, whether a job can be done at all. */
final class Preflight {
    private final StoreDirectory stores;
    private final Sources sources;
    private final Executor threads;

    Preflight(StoreDirectory stores, Sources sources, Executor threads) {
        this.stores = stores;
        this.sources = sources;
        this.threads = threads;
    }

    /**
     * @return what is told of each source
     * @throws ProblemException if a source is missing, archived or out of bounds, or a target folder is occupied
     */
    List<Source> look(Publication job, Caller caller, List<Placement> placements) {
        var looked = new Source[placements.size()];
        FileThreads.forEach(
                threads,
                IntStream.range(0, looked.length).boxed().toList(),
                at -> looked[at] = sources.look(job, caller, placements.get(at).source()));
        placements.stream()
                .map(Placement::folder)
                .distinct()
                .forEach(folder -> refuseOccupied(stores.store(caller, folder.connectionId()), folder));
        return List.of(looked);
    }

    /**
     * Done when the files have their rows.
     *
     * @throws ProblemException 403 if a target folder may not be written
     */
    void tryToWrite(Caller caller, List<Placement> placements) {
        Map<S3Uri, S3Uri> folders = new LinkedHashMap<>();
        placements.forEach(placement -> folders.putIfAbsent(placement.folder(), placement.target()));
        folders.values().forEach(target -> {
            stores.store(caller, target.connectionId()).tryToWrite(target.bucket(), target.key());
        });
    }

    /** A second registry that writes to the same bucket counts its jobs from one as well. */
    private static void refuseOccupied(ObjectStore store, S3Uri folder) {
        try {
            boolean occupied = store.folder(folder.bucket(), folder.key(), 2, null).entries().stream()
                    .anyMatch(entry -> !entry.key().equals(folder.key()));
            if (occupied) {
                throw new ProblemException(
                        Problem.CONFLICT,
                        folder.location() + " holds objects that are not this job's, and nothing is ever overwritten:"
                                + " choose another path");
            }
        } catch (StoreException e) {
            // A key pair that may only write cannot look; the commit never overwrites either way.
            if (e.kind() != StoreException.Kind.DENIED) {
                throw e;
            }
        }
    }
}
