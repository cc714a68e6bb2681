package dev.wharf.browse;

import dev.wharf.s3.ListedEntry;
import dev.wharf.s3.ObjectInfo;
import dev.wharf.s3.S3Uri;
import java.time.Instant;
import java.util.List;

/**
 * The answer of {@code vfsList}.
 *
 * @param nextToken to be sent with the same {@code uri} for what follows; null at the end. A page may hold fewer rows
 *     than asked for and not be the last
 */
public record Listing(List<Entry> data, String nextToken) {

    /**
     * One row. Folders have no size, no time, no ETag and no storage class.
     *
     * @param name the last part of the path, without a trailing slash; empty where a key has two slashes in a row
     * @param uri finds exactly this file or folder again, once it is percent-encoded
     * @param type {@code file} or {@code folder}
     * @param size in bytes
     */
    public record Entry(
            String name, String uri, String type, Long size, Instant lastModified, String etag, String storageClass) {

        static Entry of(S3Uri place, ListedEntry entry) {
            return entry instanceof ListedEntry.File file
                    ? file(place, file.object())
                    : folder(
                            place.withKey(entry.key()),
                            place.withKey(entry.key()).name());
        }

        static Entry file(S3Uri place, ObjectInfo object) {
            S3Uri uri = place.withKey(object.key());
            return new Entry(
                    uri.name(),
                    uri.toString(),
                    "file",
                    object.size(),
                    object.lastModified(),
                    object.etag(),
                    object.storageClass());
        }

        static Entry bucket(String name, Long connectionId) {
            return folder(new S3Uri(name, "", connectionId), name);
        }

        private static Entry folder(S3Uri uri, String name) {
            return new Entry(name, uri.toString(), "folder", null, null, null, null);
        }
    }
}
