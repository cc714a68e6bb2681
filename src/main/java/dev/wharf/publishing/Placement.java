package dev.wharf.publishing;

import dev.wharf.store.S3Uri;

/**
 * Where one file of a publication goes.
 *
 * @param output of which of the results it is, from 1; of a profile, of the first one in its folder
 * @param profile whether it is of the profile, in a folder of its own within the job's
 */
record Placement(int output, String source, S3Uri target, boolean profile) {
    /** Its name begins with a dot, so that who reads the results as one folder does not see it. */
    static final String PROFILER = ".profiler/";

    /** The job's folder. */
    S3Uri folder() {
        return folder(target, profile);
    }

    static S3Uri folder(S3Uri file, boolean profile) {
        String folder = file.key().substring(0, file.key().lastIndexOf('/') + 1);
        return file.withKey(profile ? folder.substring(0, folder.length() - PROFILER.length()) : folder);
    }
}
