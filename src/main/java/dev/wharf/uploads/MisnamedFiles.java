package dev.wharf.uploads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and folders whose names are not UTF-8. Routes are given names as text, under which there is no such file; found again
 * in their folder, by their bytes, they can be moved.
 */
final class MisnamedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(MisnamedFiles.class);

    /** Stands in a text for bytes that are no character. */
    private static final char NO_CHARACTER = '\ufffd';

    private final Inbox inbox;

    MisnamedFiles(Inbox inbox) {
        this.inbox = inbox;
    }

    /**
     * Those that are shown under a name.
     *
     * @param shown where nothing is
     * @return none where the name is as it is shown, and its file is gone
     */
    List<Path> shownAs(Path shown) throws IOException {
        if (shown.getFileName().toString().indexOf(NO_CHARACTER) < 0) {
            return List.of();
        }
        var found = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(shown.getParent())) {
            for (Path entry : entries) {
                if (entry.toString().equals(shown.toString())) {
                    found.add(entry);
                }
            }
        }
        return found;
    }

    /** Moves one away, with the reason: an object's key is UTF-8, and no other name is its owner's. */
    void refuse(DroppedFile file) throws IOException {
        try {
            DroppedFile aside = file.isSetAside() ? file : inbox.setAside(file);
            inbox.failed(
                    aside,
                    "Its name is not UTF-8, as the names of objects are: rename it, such as by convmv -t utf8, and drop it"
                            + " again");
            LOG.warn("{} is not uploaded: its name is not UTF-8", file);
        } catch (NoSuchFileException e) {
            // another process was quicker, or its owner
        }
    }
}
