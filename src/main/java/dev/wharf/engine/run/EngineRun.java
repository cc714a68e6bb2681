package dev.wharf.engine.run;

import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.kernel.problem.ProblemException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What to read and what to write.
 *
 * @param resultFormat the format of the result
 * @param compression one that the format has: around a file of text, inside one of Parquet or Avro
 * @param csv how a CSV result looks; other formats ignore it
 * @param resultName file name of the result, or of the folder in which its parts are; there may be nothing of that name
 * @param partBytes the size from which on another part is begun, of text before the compression around it; 0 for one file
 */
public record EngineRun(
        EngineSource source,
        ResultFormat resultFormat,
        Compression compression,
        CsvOptions csv,
        String resultName,
        long partBytes) {
    private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\\\x00-\\x1f.][^/\\\\\\x00-\\x1f]{0,199}");

    public EngineRun {
        if (!FILE_NAME.matcher(resultName).matches()) {
            throw ProblemException.invalid(
                    "resultName", "must be a file name of at most 200 characters that does not begin with a dot");
        }
    }

    /** What is to be put around the file. */
    Compression around() {
        return resultFormat.around(compression);
    }

    /** Whether the result is a folder of parts. */
    boolean isInParts() {
        return partBytes > 0;
    }

    Path result() {
        return source.folder().resolve(resultName);
    }

    /** The file of a part, counted from 0: its name sorts as its rows do. */
    Path part(int number) {
        return result().resolve(resultFormat.partName(number, compression));
    }
}
