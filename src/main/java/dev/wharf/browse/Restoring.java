package dev.wharf.browse;

import dev.wharf.browse.RestoreReport.Row;
import dev.wharf.browse.RestoreReport.Status;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.ObjectRestore;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.Place;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.Closeable;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * A request to restore under way: hands out what the store has to be asked for, one object after the other, and keeps what
 * came of each, of any number a bounded part. Used by one thread.
 */
public final class Restoring implements Iterator<ObjectRestore>, Closeable {
    /** Asked for by one request, which somebody waits for. */
    static final int MOST_ASKED = 1_000;

    private static final int MOST_ROWS = 1_000;
    private static final String INTELLIGENT_TIERING = "INTELLIGENT_TIERING";

    private final ObjectStore store;
    private final RestoreRequest request;
    private final Iterator<S3Uri> sources;
    private final Map<Status, Long> counts = new EnumMap<>(Status.class);
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private S3Uri source;
    private Stream<String> open = Stream.empty();
    private Iterator<String> keys = open.iterator();
    private ObjectRestore next;
    private int asked;
    private boolean more;
    private boolean ended;
    private StoreException denial;
    private boolean onlyDenials = true;

    Restoring(ObjectStore store, RestoreRequest request) {
        this.store = store;
        this.request = request;
        sources = request.sources().iterator();
    }

    @Override
    public boolean hasNext() {
        while (next == null && !more && !ended && advance()) {
            next = look(source.withKey(keys.next()));
            if (next != null && asked == MOST_ASKED) {
                next = null;
                more = true;
            }
        }
        return next != null;
    }

    @Override
    public ObjectRestore next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var result = next;
        next = null;
        asked++;
        row(uri(result), null, null); // keeps its place among what is found while it is asked for
        return result;
    }

    private boolean advance() {
        while (!keys.hasNext()) {
            if (!sources.hasNext()) {
                return false;
            }
            open.close();
            source = sources.next();
            open = source.isFolder() ? refusedByImport() : Stream.of(source.key());
            keys = open.iterator();
        }
        return true;
    }

    private Stream<String> refusedByImport() {
        return store.walk(source.bucket(), source.key())
                .filter(object -> object.archived() || object.restore() != null)
                .map(ObjectInfo::key)
                .filter(key -> ObjectNames.isData(source.key(), key));
    }

    /** Not every store tells in its listings what has become of a request. Null for what needs no asking. */
    private ObjectRestore look(S3Uri uri) {
        try {
            ObjectInfo object = store.stat(uri.bucket(), uri.key());
            if (object.restore() != null && object.restore().isOngoing()) {
                add(uri, Status.inProgress, null);
            } else if (object.restore() != null) {
                add(uri, Status.restored, "until " + object.restore().until());
            } else if (!object.archived()) {
                add(uri, Status.notArchived, "its storage class is " + object.storageClass());
            } else {
                // From an archive tier of this class an object comes back for good, and S3 refuses a number of days.
                boolean forGood = object.storageClass().equals(INTELLIGENT_TIERING);
                return ask(uri, forGood ? null : request.days());
            }
            return null;
        } catch (StoreException e) {
            if (e.kind() == Kind.DENIED) {
                // To restore may be allowed where to look is not: the store says what there is to say.
                return ask(uri, request.days());
            }
            refused(uri, e);
            return null;
        }
    }

    private ObjectRestore ask(S3Uri uri, Integer days) {
        return new ObjectRestore(new Place(store, uri.bucket(), uri.key()), request.tier(), days);
    }

    private S3Uri uri(ObjectRestore object) {
        return new S3Uri(object.place().bucket(), object.place().key(), request.connectionId());
    }

    void requested(ObjectRestore object) {
        add(uri(object), Status.requested, null);
    }

    void refused(ObjectRestore object, StoreException refusal) {
        if (refusal.kind() == Kind.RESTORING) {
            add(uri(object), Status.inProgress, null);
        } else {
            refused(uri(object), refusal);
        }
    }

    private void refused(S3Uri uri, StoreException refusal) {
        if (refusal.kind() != Kind.DENIED) {
            onlyDenials = false;
        } else if (denial == null) {
            denial = refusal;
        }
        counts.merge(Status.refused, 1L, Long::sum);
        row(uri, Status.refused, refusal.detail());
    }

    private void add(S3Uri uri, Status status, String detail) {
        onlyDenials = false;
        counts.merge(status, 1L, Long::sum);
        row(uri, status, detail);
    }

    private void row(S3Uri uri, Status status, String detail) {
        String address = uri.toString();
        if (rows.size() < MOST_ROWS || rows.containsKey(address)) {
            rows.put(address, new Row(address, status, detail));
        }
    }

    /**
     * @throws StoreException DENIED where the key pair may restore nothing of it
     */
    RestoreReport report() {
        close();
        if (denial != null && onlyDenials) {
            throw denial;
        }
        return new RestoreReport(counts, more, List.copyOf(rows.values()));
    }

    /** Nothing comes any more: the splitter runs through what is left, also when it has failed. */
    @Override
    public void close() {
        ended = true;
        open.close();
    }
}
