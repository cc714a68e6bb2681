package dev.wharf.s3.list;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.store.FolderPage;
import dev.wharf.store.KeyOrder;
import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts a page of a folder together. */
final class ObjectLister {
    private ObjectLister() {}

    public static FolderPage folder(ClientLease lease, String bucket, String prefix, int limit, String token) {
        var page = new BucketListing(lease, bucket, prefix).folder(limit, token);
        List<ListedEntry> entries =
                new ArrayList<>(page.objects().size() + page.folders().size());
        for (ObjectInfo object : page.objects()) {
            // The placeholder by which consoles create a folder is the folder itself, not a file in it.
            if (!object.key().equals(prefix) || !prefix.endsWith("/") || object.size() > 0) {
                entries.add(new ListedEntry.File(object));
            }
        }
        page.folders().forEach(folder -> entries.add(new ListedEntry.Folder(folder)));
        entries.sort(Comparator.comparing(ListedEntry::key, KeyOrder.KEYS));
        return new FolderPage(List.copyOf(entries), page.nextToken());
    }
}
