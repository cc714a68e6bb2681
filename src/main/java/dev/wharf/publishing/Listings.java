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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consistency wait: some stores list what they hold a moment after they hold it, and who looks into the folder in
 * between misses files. A file that was written never counts as failed for it ({@code seed.txt}, <i>Writing results</i>
 * tells of the system that did so).
 */
final class Listings {
    private static final Logger LOG = LoggerFactory.getLogger(Listings.class);
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
        Set<ResultFile> listed = new LinkedHashSet<>();
        for (List<ResultFile> folder : folders(unlisted)) {
            try {
                list(caller, folder, (file, object) -> {
                    if (file.size() == object.size()) {
                        listed.add(file);
                    }
                });
            } catch (ProblemException e) {
                if (e instanceof StoreException refusal && refusal.kind() == StoreException.Kind.DENIED) {
                    // A key pair that may not list: the store's answer to the commit has to do.
                    listed.addAll(folder);
                }
                // Not listed, for whatever reason: the files are written all the same.
            }
        }
        files.listed(listed);
        return unlisted.stream().filter(file -> !listed.contains(file)).toList();
    }

    /**
     * Notes as published what is visible by now, where listings prove that it is what was sent.
     *
     * @return the others
     */
    List<ResultFile> publish(Caller caller, Collection<ResultFile> visible) {
        Map<ResultFile, ObjectInfo> proved = new LinkedHashMap<>();
        for (List<ResultFile> folder : folders(visible)) {
            try {
                list(caller, folder, (file, object) -> {
                    if (file.staged().isListedAs(object)) {
                        proved.put(file, object);
                    }
                });
            } catch (ProblemException e) {
                LOG.debug("The visible files are looked at one by one: {}", e.getMessage());
            }
        }
        files.published(proved);
        return visible.stream().filter(file -> !proved.containsKey(file)).toList();
    }

    private static Collection<List<ResultFile>> folders(Collection<ResultFile> files) {
        return files.stream()
                .collect(Collectors.groupingBy(file -> file.folder().toString()))
                .values();
    }

    /** Shows each file of a folder that is listed, and its object. */
    private void list(Caller caller, List<ResultFile> folder, BiConsumer<ResultFile, ObjectInfo> found) {
        Map<String, ResultFile> byKey =
                folder.stream().collect(Collectors.toMap(file -> file.target().key(), Function.identity()));
        S3Uri place = folder.get(0).folder();
        try (Stream<ObjectInfo> objects =
                stores.store(caller, place.connectionId()).walk(place.bucket(), place.key())) {
            objects.filter(object -> byKey.containsKey(object.key()))
                    .forEach(object -> found.accept(byKey.get(object.key()), object));
        }
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
