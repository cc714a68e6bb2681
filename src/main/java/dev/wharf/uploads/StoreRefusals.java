package dev.wharf.uploads;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.Place;
import dev.wharf.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Tells a file that the store never takes, as some answer 500 for a name that they cannot hold, from a store that is out of
 * order. A process that starts anew counts anew.
 */
final class StoreRefusals {
    /** So many alike, one after the other. */
    private static final int MOST = 6;

    /** Longer than the longest pause between two tries. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private record Refusals(StoreException.Kind kind, int count) {}

    private final Cache<String, Refusals> seen = Caffeine.newBuilder()
            .expireAfterAccess(REMEMBERED)
            .maximumSize(100_000)
            .build();

    /**
     * Counts one more.
     *
     * @return whether it is the file's: the store has taken its bytes under another name after the refusal before this one, and
     *     does now
     */
    boolean isOfFile(InboxUploads.Claimed claimed, Upload upload, StoreException failure) {
        String uuid = claimed.file().uuid();
        int count = seen.asMap()
                .merge(
                        uuid,
                        new Refusals(failure.kind(), 1),
                        (before, one) ->
                                before.kind() == one.kind() ? new Refusals(one.kind(), before.count() + 1) : one)
                .count();
        if (count < MOST - 1) {
            return false;
        }
        if (!takesAnotherName(claimed, upload.place())) {
            forget(uuid);
            return false;
        }
        return count >= MOST;
    }

    void forget(String uuid) {
        seen.invalidate(uuid);
    }

    /** All of its bytes, as what fails with many may not with few. What is not completed is seen by nobody, and aborted. */
    private static boolean takesAnotherName(InboxUploads.Claimed claimed, Place place) {
        String folder = place.key().substring(0, place.key().lastIndexOf('/') + 1);
        try (var content = new UnchangedFile(claimed.file().path(), claimed.state())) {
            long size = claimed.state().size();
            var staged = place.store().stage(place.bucket(), folder + "name", content, OptionalLong.of(size), null);
            place.store().abort(staged);
            return true;
        } catch (IOException | ProblemException e) {
            return false;
        }
    }

    /** What is said to whoever dropped the file. */
    static String words(StoreException failure) {
        return "The store has refused it " + MOST + " times, and takes its bytes under another name: "
                + failure.detail()
                + ". It may be that it cannot hold such a name: give the file a short one of plain characters, and drop it"
                + " again";
    }
}
