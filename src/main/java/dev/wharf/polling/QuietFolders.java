package dev.wharf.polling;

import dev.wharf.store.ObjectInfo;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Finds the folders that are being written to. How old an object is, is told by the store's clock as far as that is known:
 * it is not behind the newest object.
 */
final class QuietFolders {
    private final long quietSeconds;
    private final Map<String, Instant> newest = new HashMap<>();
    private Instant now;

    QuietFolders(long quietSeconds, Instant now) {
        this.quietSeconds = quietSeconds;
        this.now = now;
    }

    static String folderOf(String key) {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }

    QuietFolders look(Iterator<ObjectInfo> objects) {
        objects.forEachRemaining(object -> {
            Instant modified = object.lastModified();
            if (modified != null && isYoung(modified)) {
                newest.merge(folderOf(object.key()), modified, (a, b) -> a.isAfter(b) ? a : b);
                now = modified.isAfter(now) ? modified : now;
            }
        });
        return this;
    }

    private boolean isYoung(Instant modified) {
        return modified.isAfter(now.minusSeconds(quietSeconds));
    }

    void addTo(Set<String> folders) {
        newest.forEach((folder, modified) -> {
            if (isYoung(modified)) {
                folders.add(folder);
            }
        });
    }
}
