package dev.wharf.engine.run;

import dev.wharf.engine.file.EngineInput;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.kernel.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What to read and what to write.
 *
 * @param folder the working folder; it holds the inputs, receives the result and, while it runs, temporary files
 * @param inputs at least one, all of one kind of format, in the order of their rows
 * @param said how the files are to be read; of a format nothing may be said that does not apply to it
 * @param inferTypes whether JSON and Parquet results get numbers, booleans, dates and times where every value of a
 *     column is one; otherwise, where no type was said, and always in CSV, text stays text. Parquet and Avro inputs
 *     keep their types
 * @param resultFormat the format of the result
 * @param compression one that the format has: around a file of text, inside one of Parquet or Avro
 * @param csv how a CSV result looks; other formats ignore it
 * @param resultName file name of the result; no file of that name may exist
 */
public record EngineRun(
        Path folder,
        List<EngineInput> inputs,
        Reading said,
        boolean inferTypes,
        ResultFormat resultFormat,
        Compression compression,
        CsvOptions csv,
        String resultName) {
    private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\\\x00-\\x1f.][^/\\\\\\x00-\\x1f]{0,199}");

    public EngineRun {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw ProblemException.invalid("inputs", "must name at least one file");
        }
        if (!FILE_NAME.matcher(resultName).matches()) {
            throw ProblemException.invalid(
                    "resultName", "must be a file name of at most 200 characters that does not begin with a dot");
        }
    }

    /** What is to be put around the file. */
    Compression around() {
        return resultFormat.around(compression);
    }

    Path result() {
        return folder.resolve(resultName);
    }
}
