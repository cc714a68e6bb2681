package dev.wharf.uploads;

import dev.wharf.store.S3Uri;

/**
 * An uploaded file as the API shows it.
 *
 * @param path with a leading slash and without the bucket, as in imported datasets
 * @param uri names the file in an import, by who has uploaded it
 * @param size in bytes
 */
public record UploadView(String type, String bucket, String path, String name, String uri, long size, String uuid) {
    static UploadView of(String bucket, String key, String name, long size, String uuid) {
        return new UploadView("s3", bucket, "/" + key, name, new S3Uri(bucket, key, null).toString(), size, uuid);
    }
}
