package dev.wharf.uploads;

import java.nio.file.Path;

/**
 * A file in the inbox.
 *
 * @param folder its owner's, or the inbox where it lies beside the owners' folders
 * @param address the owner's, as the folder is named; empty where it is nobody's
 * @param uuid of the upload that it becomes; null before it was set aside
 * @param path where it lies
 */
public record DroppedFile(Path folder, String address, String uuid, Path path) {
    boolean isSetAside() {
        return uuid != null;
    }

    String name() {
        return path.getFileName().toString();
    }

    /** For messages: as whoever dropped it knows it. */
    @Override
    public String toString() {
        return folder.resolve(path.getFileName()).toString();
    }
}
