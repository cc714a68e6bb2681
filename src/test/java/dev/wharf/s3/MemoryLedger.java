package dev.wharf.s3;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** A ledger that forgets with the process. */
public final class MemoryLedger implements UploadLedger {
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Entry> entries = new ConcurrentSkipListMap<>();

    @Override
    public long begin(Long connectionId, String bucket, String key) {
        long id = ids.incrementAndGet();
        entries.put(id, new Entry(id, connectionId, bucket, key, null));
        return id;
    }

    @Override
    public void begun(long entry, String uploadId) {
        entries.computeIfPresent(
                entry, (id, known) -> new Entry(id, known.connectionId(), known.bucket(), known.key(), uploadId));
    }

    @Override
    public void ended(String bucket, String key, String uploadId) {
        entries.values()
                .removeIf(entry ->
                        entry.bucket().equals(bucket) && entry.key().equals(key) && uploadId.equals(entry.uploadId()));
    }

    @Override
    public void ended(long entry) {
        entries.remove(entry);
    }

    /** Every entry: to a test, all that is left is an orphan. */
    @Override
    public List<Entry> orphans() {
        return List.copyOf(entries.values());
    }
}
