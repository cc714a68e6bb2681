package dev.wharf.engine.run;

import dev.wharf.engine.file.EngineInput;
import dev.wharf.engine.file.Reading;
import dev.wharf.kernel.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;

/**
 * What to read.
 *
 * @param folder the working folder; it holds the inputs, receives the results and, while something runs, temporary files
 * @param inputs at least one, all of one kind of format, in the order of their rows
 * @param said how the files are to be read; of a format nothing may be said that does not apply to it
 * @param inferTypes whether JSON and Parquet results, and profiles, have numbers, booleans, dates and times where the values of
 *     a column are such; otherwise, where no type was said, and always in CSV, text stays text. Parquet and Avro inputs keep
 *     their types
 */
public record EngineSource(Path folder, List<EngineInput> inputs, Reading said, boolean inferTypes) {
    public EngineSource {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw ProblemException.invalid("inputs", "must name at least one file");
        }
    }
}
