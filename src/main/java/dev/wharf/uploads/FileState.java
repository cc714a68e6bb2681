package dev.wharf.uploads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * What shows that a file has changed.
 *
 * @param size in bytes
 * @param modified microseconds since 1970
 */
record FileState(long size, long modified) {
    static FileState of(Path file) throws IOException {
        var found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new FileState(found.size(), found.lastModifiedTime().to(TimeUnit.MICROSECONDS));
    }
}
