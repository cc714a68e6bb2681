package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Pauses;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.publishing.ResultFile.State;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The consistency wait: some stores list what they hold a moment after they hold it, and who looks into the folder in
 * between misses files. A file that was written never counts as failed for it ({@code seed.txt}, <i>Writing results</i>
 * tells of the system that did so).
 */
final class Listings {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int NAMED = 10;

    private final ResultFiles files;
    private final StoreDirectory stores;
    private final Duration timeout;

    Listings(ResultFiles files, StoreDirectory stores, Duration timeout) {
        this.files = files;
        this.stores = stores;
        this.timeout = timeout;
    }

    /**
     * Waits until the stores list all published files, for the consistency timeout at most.
     *
     * @return a warning that names what is not listed, or null
     */
    String await(long jobGroupId, Caller caller) {
        long end = System.nanoTime() + timeout.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            List<ResultFile> missing = check(jobGroupId, caller);
            long left = end - System.nanoTime();
            if (missing.isEmpty() || left <= 0) {
                return warning(missing);
            }
            try {
                Thread.sleep(Math.min(pause.toMillis(), Math.max(1, left / 1_000_000)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return warning(missing);
            }
            pause = Pauses.doubled(pause, LONGEST_PAUSE);
        }
    }

    /** Looks once, remembers what is listed, and returns what is not. */
    List<ResultFile> check(long jobGroupId, Caller caller) {
        List<ResultFile> unlisted = files.of(jobGroupId, State.PUBLISHED).stream()
                .filter(file -> !file.listed())
                .toList();
        Map<String, List<ResultFile>> folders = unlisted.stream()
                .collect(Collectors.groupingBy(file -> file.folder().toString()));
        return folders.values().stream()
                .flatMap(folder -> missing(caller, folder).stream())
                .toList();
    }

    private List<ResultFile> missing(Caller caller, List<ResultFile> folder) {
        Map<String, ResultFile> missing =
                folder.stream().collect(Collectors.toMap(file -> file.target().key(), Function.identity()));
        List<ResultFile> listed = new ArrayList<>();
        S3Uri place = folder.get(0).folder();
        try (Stream<ObjectInfo> objects =
                stores.store(caller, place.connectionId()).walk(place.bucket(), place.key())) {
            objects.filter(object -> missing.containsKey(object.key())
                            && missing.get(object.key()).size() == object.size())
                    .forEach(object -> listed.add(missing.remove(object.key())));
        } catch (ProblemException e) {
            if (e instanceof StoreException refusal && refusal.kind() == StoreException.Kind.DENIED) {
                // A key pair that may not list: the store's answer to the commit has to do.
                listed.addAll(missing.values());
                missing.clear();
            }
            // Not listed, for whatever reason: the files are written all the same.
        }
        files.listed(listed);
        return List.copyOf(missing.values());
    }

    private String warning(List<ResultFile> missing) {
        if (missing.isEmpty()) {
            return null;
        }
        String names = missing.stream()
                .map(file -> file.target().location())
                .sorted()
                .limit(NAMED)
                .collect(Collectors.joining(", "));
        return "All files are written. After " + timeout.toSeconds() + " s (wharf.publishing.consistency-timeout) the"
                + " store has not listed yet: " + names
                + (missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "")
                + ". This is checked again by itself";
    }
}
