package dev.wharf.publishing;

import dev.wharf.store.S3Uri;

/**
 * Where one file of a publication goes.
 *
 * @param output of which of the results it is, from 1
 */
record Placement(int output, String source, S3Uri target) {
    S3Uri folder() {
        return folder(target);
    }

    static S3Uri folder(S3Uri file) {
        return file.withKey(file.key().substring(0, file.key().lastIndexOf('/') + 1));
    }
}
