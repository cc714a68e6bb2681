package dev.wharf.engine.run;

import dev.wharf.engine.profile.Profile;

/**
 * Writes the rows of staged files into one result file, or into several parts. What every engine keeps:
 *
 * <ul>
 *   <li>The row order is the order of the inputs, then the order within each file; and that of the parts.
 *   <li>CSV to CSV changes no value: every column is text from end to end, and a missing value (nothing between two
 *       delimiters) stays apart from an empty one ({@code ""}).
 *   <li>Nothing is filled in silently. CSV files with another header and Parquet files with another schema are refused;
 *       only JSON records may differ, their keys are united in order of appearance and a key that is absent is null;
 *       and, where it was said, Parquet and Avro files to whose schema columns were added at its end.
 *   <li>A value that is not of the type that was said of its column is refused, with its file, its line and its column.
 *   <li>Files of 0 bytes among others hold no rows; where every file is empty the run is refused, as there are no
 *       columns.
 *   <li>It reads and writes inside the folder of the run only.
 *   <li>After a failure, a cancellation or the time limit no result file is left.
 *   <li>There is one part at least, also without rows, and each can be read by itself: CSV has its header in all of them.
 * </ul>
 *
 * <p>Implementations are safe for concurrent runs in different folders.
 */
public interface Engine {
    /**
     * Runs and returns when the result is complete. To cancel, interrupt the calling thread: the run stops, the
     * interrupt stays set and the call fails with {@code UNAVAILABLE}.
     *
     * @throws dev.wharf.kernel.problem.ProblemException {@code VALIDATION_FAILED} where a file cannot be read as its name says
     *     (the message names the file by its display name, and the line where one is known), or where the run needs
     *     more memory, temporary space or time than the settings allow; {@code UNAVAILABLE} where the run was canceled
     *     or the disk is full
     */
    EngineResult run(EngineRun run);

    /**
     * Looks at all values that a run would write, within the bounds of a run.
     *
     * @throws dev.wharf.kernel.problem.ProblemException as {@link #run}
     */
    Profile profile(EngineSource source);
}
