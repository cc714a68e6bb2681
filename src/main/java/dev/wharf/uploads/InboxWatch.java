package dev.wharf.uploads;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which files of the inbox can be taken now. One that was dropped is, once it has not changed for a while; one that
 * could not be uploaded, after a pause that doubles. What is never taken is told once.
 */
public final class InboxWatch {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWatch.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** Ends of names that programs give to what they have not finished: browsers, curl, rsync, WinSCP. */
    private static final Set<String> UNFINISHED = Set.of(".part", ".tmp", ".crdownload", ".filepart");

    /** What is remembered of files that lie there; of more, some wait longer. */
    private static final int REMEMBERED = 100_000;

    private final Inbox inbox;
    private final Duration quiet;
    private final Duration pause;
    private final Ticker ticker;
    private final Cache<Path, Look> looks;
    private final Cache<Path, Pause> pauses;
    private final Cache<Path, Boolean> told;
    private final MisnamedFiles misnamed;

    private record Look(long size, FileTime modified, Object file, long since) {}

    private record Pause(Duration length, long until) {}

    /**
     * @param quiet how long a file must not have changed
     * @param pause before the second try; five minutes are the longest
     */
    public InboxWatch(Inbox inbox, Duration quiet, Duration pause) {
        this(inbox, quiet, pause, Ticker.systemTicker());
    }

    InboxWatch(Inbox inbox, Duration quiet, Duration pause, Ticker ticker) {
        this.inbox = inbox;
        this.quiet = quiet;
        this.pause = pause;
        this.ticker = ticker;
        this.looks = remembered(ticker, quiet.plus(LONGEST_PAUSE));
        this.pauses = remembered(ticker, LONGEST_PAUSE.multipliedBy(2));
        this.told = remembered(ticker, LONGEST_PAUSE);
        this.misnamed = new MisnamedFiles(inbox);
    }

    private static <V> Cache<Path, V> remembered(Ticker ticker, Duration time) {
        return Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterAccess(time)
                .maximumSize(REMEMBERED)
                .build();
    }

    /** Whether a file can be taken, or a folder is to be looked into. */
    public boolean accepts(Path path) {
        try {
            var found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isDirectory() ? isLookedInto(path) : isTaken(path, found);
        } catch (NoSuchFileException e) {
            refuseMisnamed(path);
            return false; // else moved by another process, or by its owner
        } catch (IOException e) {
            tellOnce(path, "cannot be looked at: " + e);
            return false;
        }
    }

    private void refuseMisnamed(Path shown) {
        try {
            for (Path path : misnamed.shownAs(shown)) {
                refuseMisnamed(path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
            }
        } catch (NoSuchFileException gone) {
            // there is nothing left to be refused
        } catch (IOException e) {
            tellOnce(shown, "has a name that is not UTF-8, and is neither taken nor moved away (" + e + "): rename it");
        }
    }

    private void refuseMisnamed(Path path, BasicFileAttributes found) throws IOException {
        DroppedFile file = inbox.file(path).orElse(null);
        if (!found.isRegularFile()) {
            tellOnce(path, "has a name that is not UTF-8, and nothing is taken from it: rename it");
        } else if (file != null && !isUnfinished(file.name()) && (file.isSetAside() || isQuiet(path, found))) {
            misnamed.refuse(file);
        }
    }

    private boolean isLookedInto(Path folder) {
        if (!inbox.isLookedInto(folder)) {
            if (!inbox.isOurs(folder)) {
                tellOnce(
                        folder,
                        "is a folder in its owner's, and files in it are not taken: move them up into that folder");
            }
            return false;
        }
        if (!Files.isReadable(folder)) {
            tellOnce(folder, "cannot be read by this process, so that nothing is taken from it");
            return false;
        }
        return true;
    }

    private boolean isTaken(Path path, BasicFileAttributes found) {
        DroppedFile file = inbox.file(path).orElse(null);
        if (file == null || isUnfinished(file.name())) {
            return false;
        }
        if (!found.isRegularFile()) {
            tellOnce(path, "is no regular file (a symbolic link is not followed) and not taken");
            return false;
        }
        Pause paused = pauses.getIfPresent(path);
        if (paused != null && ticker.read() - paused.until() < 0) {
            return false;
        }
        return file.isSetAside() || isQuiet(path, found);
    }

    private static boolean isUnfinished(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.startsWith(".") || UNFINISHED.stream().anyMatch(lower::endsWith);
    }

    private boolean isQuiet(Path path, BasicFileAttributes found) {
        Look seen = looks.getIfPresent(path);
        if (seen == null
                || seen.size() != found.size()
                || !seen.modified().equals(found.lastModifiedTime())
                || !String.valueOf(seen.file()).equals(String.valueOf(found.fileKey()))) {
            looks.put(path, new Look(found.size(), found.lastModifiedTime(), found.fileKey(), ticker.read()));
            return quiet.isZero();
        }
        return ticker.read() - seen.since() >= quiet.toNanos();
    }

    /**
     * Leaves a file alone for a while.
     *
     * @return how long
     */
    Duration postpone(Path path) {
        Pause before = pauses.getIfPresent(path);
        Duration length = before == null ? pause : before.length().multipliedBy(2);
        Duration bounded = length.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : length;
        pauses.put(path, new Pause(bounded, ticker.read() + bounded.toNanos()));
        return bounded;
    }

    /** Forgets a file that has left its place. */
    void forget(Path path) {
        looks.invalidate(path);
        pauses.invalidate(path);
    }

    private void tellOnce(Path path, String what) {
        if (told.asMap().putIfAbsent(path, true) == null) {
            LOG.warn("{} {}", path, what);
        }
    }
}
