package dev.wharf.engine.run;

import dev.wharf.kernel.problem.ProblemException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The formats that the engine writes, by the names of the v4 API. */
public enum ResultFormat {
    CSV("csv"),
    /** JSON Lines: one object a row, a missing value as {@code null}. */
    JSON("json"),
    /** One Parquet file, compressed with zstd inside. */
    PQT("pqt");

    private final String extension;

    ResultFormat(String extension) {
        this.extension = extension;
    }

    /**
     * The format of that name in the v4 API.
     *
     * @throws dev.wharf.kernel.problem.ProblemException 400 if there is none
     */
    public static ResultFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.extension.equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "writesettings.format",
                        "must be one of "
                                + Arrays.stream(values())
                                        .map(ResultFormat::extension)
                                        .collect(Collectors.joining(", "))));
    }

    /** Extension of a result file, without a dot. */
    public String extension() {
        return extension;
    }
}
