package dev.wharf.engine.run;

import java.nio.file.Path;
import java.util.List;

/**
 * A complete result.
 *
 * @param files one, or the parts in the order of their rows, each complete by itself
 * @param rows records, headers not counted
 * @param size of all files together, in bytes
 */
public record EngineResult(List<Path> files, long rows, long size) {
    /** Of a result in one file. */
    public Path file() {
        return files.get(0);
    }
}
