package dev.wharf.browse;

import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.S3Uri;

/**
 * One row of an answer: a file, a folder, a bucket or a whole connection. {@link EntryWriter} says what is told of it.
 *
 * @param place any address in the same bucket; for a bucket or a connection, its own
 * @param listed what is there; the folder with the empty key is the bucket itself
 */
public record Entry(S3Uri place, ListedEntry listed) {

    static Entry file(S3Uri place, ObjectInfo object) {
        return new Entry(place, new ListedEntry.File(object));
    }

    static Entry folder(S3Uri place, String key) {
        return new Entry(place, new ListedEntry.Folder(key));
    }

    static Entry bucket(String name, Long connectionId) {
        return folder(new S3Uri(name, "", connectionId), "");
    }

    String key() {
        return listed.key();
    }
}
