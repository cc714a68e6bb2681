package dev.wharf.s3.probe;

import dev.wharf.store.UploadLedger;
import java.util.List;

/** For uploads of a key pair that is not registered: nobody could abort them later. */
final class NoLedger implements UploadLedger {
    @Override
    public long begin(Long connectionId, String bucket, String key) {
        return 0;
    }

    @Override
    public void begun(long entry, String uploadId) {
        // nobody will ask
    }

    @Override
    public void ended(String bucket, String key, String uploadId) {
        // nothing was remembered
    }

    @Override
    public void ended(long entry) {
        // nothing was remembered
    }

    @Override
    public List<Entry> orphans() {
        return List.of();
    }
}
