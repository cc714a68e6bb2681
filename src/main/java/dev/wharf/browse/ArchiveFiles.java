package dev.wharf.browse;

import dev.wharf.browse.ArchiveList.Item;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of an archive, one after the other. Small ones are read before it is their turn, several at one time, as they
 * would wait for the store's answer longer than for their bytes. Each is the version that was listed, or fails.
 */
final class ArchiveFiles implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveFiles.class);

    private static final int AHEAD = 8;
    /** With those ahead as much as is on its way to the client. */
    private static final int SMALL = 128 << 10;

    private final BrowsedPlace place;
    private final String folder;
    private final ArchiveList.Items items;
    private final Executor threads;
    private final Deque<Begun> ahead = new ArrayDeque<>();
    /** What the store is sending. */
    private final Set<ObjectStream> open = ConcurrentHashMap.newKeySet();

    private volatile boolean abandoned;

    /**
     * One whose turn it is.
     *
     * @param in to be closed
     */
    record Opened(Item item, InputStream in) {}

    /** One whose turn comes; without bytes where it is opened only then. */
    private record Begun(Item item, FutureTask<byte[]> bytes) {}

    /**
     * @param folder the key under which all of them are
     * @param threads for what is read ahead
     */
    ArchiveFiles(BrowsedPlace place, String folder, ArchiveList list, Executor threads) {
        this.place = place;
        this.folder = folder;
        this.items = list.items();
        this.threads = threads;
    }

    /**
     * Opens the next one; null behind the last.
     *
     * @throws StoreException NOT_FOUND, DENIED, ARCHIVED; CHANGED where it is another version by now
     */
    Opened next() throws IOException {
        while (ahead.size() < AHEAD) {
            Item item = items.next();
            if (item == null) {
                break;
            }
            ahead.add(begun(item));
        }
        Begun begun = ahead.poll();
        return begun == null ? null : new Opened(begun.item(), content(begun));
    }

    private Begun begun(Item item) {
        if (item.isFolder() || item.size() > SMALL) {
            return new Begun(item, null);
        }
        var bytes = new FutureTask<>(() -> {
            try (InputStream in = read(item)) {
                return in.readAllBytes();
            }
        });
        threads.execute(bytes);
        return new Begun(item, bytes);
    }

    private InputStream content(Begun begun) throws IOException {
        if (begun.item().isFolder()) {
            return InputStream.nullInputStream();
        }
        if (begun.bytes() == null) {
            return read(begun.item());
        }
        begun.bytes().run(); // where no thread was free for it; else it does nothing
        try {
            return new ByteArrayInputStream(begun.bytes().get());
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    private InputStream read(Item item) throws IOException {
        String key = folder + item.name();
        if (abandoned) {
            throw new ClientGoneException("The client has gone");
        }
        ObjectStream in =
                place.store().read(place.uri().bucket(), key, item.etag().isEmpty() ? null : item.etag());
        open.add(in);
        if (abandoned) {
            in.close(); // so that reading it fails
        }
        if (in.object().size() != item.size()) {
            open.remove(in);
            in.close();
            throw new StoreException(
                    Kind.CHANGED,
                    place.uri().withKey(key).location() + " had " + item.size() + " bytes when it was listed, and has "
                            + in.object().size());
        }
        return new FilterInputStream(in) {
            @Override
            public void close() throws IOException {
                open.remove(in);
                super.close();
            }
        };
    }

    /** Ends whatever the store is asked for, in any thread: nobody waits for it any more. */
    void abandon() {
        abandoned = true;
        for (ObjectStream each : open) {
            try {
                each.close();
            } catch (IOException e) {
                LOG.debug(
                        "What an archive read did not close: {}", e.getMessage()); // the others are closed all the same
            }
        }
    }

    @Override
    public void close() throws IOException {
        abandon();
        items.close();
    }
}
