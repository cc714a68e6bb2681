package dev.wharf.storage;

import dev.wharf.store.ObjectStore;
import dev.wharf.store.StagedObject;
import dev.wharf.store.UploadLedger;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Aborts the incomplete uploads that a crash left behind: they are invisible, and cost storage for ever. */
public final class UploadReaper {
    private static final Logger LOG = LoggerFactory.getLogger(UploadReaper.class);

    private final UploadLedger ledger;
    private final BiFunction<Long, String, ObjectStore> stores;

    /**
     * @param stores the store of a connection's id, null being base storage, and a bucket; null where it is gone
     */
    public UploadReaper(UploadLedger ledger, BiFunction<Long, String, ObjectStore> stores) {
        this.ledger = ledger;
        this.stores = stores;
    }

    /**
     * Aborts all orphans. One that cannot be aborted now stays for the next time and does not stop the others.
     *
     * @return how many were aborted
     */
    public int reap() {
        int aborted = 0;
        for (UploadLedger.Entry orphan : ledger.orphans()) {
            try {
                aborted += reap(orphan);
            } catch (RuntimeException e) {
                LOG.warn("An incomplete upload stays behind for now: {}", e.getMessage());
            }
        }
        return aborted;
    }

    private int reap(UploadLedger.Entry orphan) {
        ObjectStore store = stores.apply(orphan.connectionId(), orphan.bucket());
        if (store == null) {
            LOG.warn(
                    "The incomplete upload {} of s3://{}/{} is forgotten: its connection {} is gone. Abort it by hand,"
                            + " or give the bucket a lifecycle rule for incomplete uploads",
                    orphan.uploadId(),
                    orphan.bucket(),
                    orphan.key(),
                    orphan.connectionId());
            ledger.ended(orphan.id());
            return 0;
        }
        if (orphan.uploadId() == null) {
            store.abortAll(orphan.bucket(), orphan.key());
        } else {
            store.abort(new StagedObject(orphan.bucket(), orphan.key(), orphan.uploadId(), List.of(), 0, null, null));
        }
        ledger.ended(orphan.id());
        return 1;
    }
}
