package dev.wharf.engine.run;

import java.nio.file.Path;

/**
 * A complete result file.
 *
 * @param file in the folder of the run
 * @param rows records, the header not counted
 * @param size in bytes
 */
public record EngineResult(Path file, long rows, long size) {}
