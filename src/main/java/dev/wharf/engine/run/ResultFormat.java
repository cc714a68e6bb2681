package dev.wharf.engine.run;

import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats that the engine writes, by the names of the v4 API. */
public enum ResultFormat {
    CSV("csv", false, Compression.GZIP, Compression.BZIP2, Compression.SNAPPY, Compression.ZSTD),
    /** JSON Lines: one object a row, a missing value as {@code null}. */
    JSON("json", false, Compression.GZIP, Compression.BZIP2, Compression.SNAPPY, Compression.ZSTD),
    /** One Parquet file; compressed with zstd inside where nothing is said. */
    PQT("pqt", true, Compression.SNAPPY, Compression.GZIP, Compression.ZSTD),
    /** One Avro file; compressed with deflate inside where nothing is said, which every reader of Avro knows. */
    AVRO("avro", true, Compression.DEFLATE, Compression.SNAPPY, Compression.ZSTD, Compression.BZIP2);

    private final String extension;
    private final boolean compressesInside;
    private final List<Compression> compressions;

    ResultFormat(String extension, boolean compressesInside, Compression... compressions) {
        this.extension = extension;
        this.compressesInside = compressesInside;
        this.compressions = List.of(compressions);
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
                        "format",
                        "must be one of "
                                + Arrays.stream(values())
                                        .map(ResultFormat::extension)
                                        .collect(Collectors.joining(", "))));
    }

    /**
     * How results of this format may be compressed, by the names of the v4 API; {@code none} is the first.
     *
     * @param around whether they may be compressed around the file
     */
    public List<String> compressions(boolean around) {
        var written = compressesInside || around ? compressions : List.<Compression>of();
        return Stream.concat(Stream.of(Compression.NONE), written.stream())
                .map(Compression::title)
                .toList();
    }

    /** Extension of a result file, without a dot. */
    public String extension() {
        return extension;
    }

    /**
     * The compression of that name in the v4 API, around the file or inside it, as the format has it.
     *
     * @param name null for {@code none}
     * @throws dev.wharf.kernel.problem.ProblemException 400 if it is not written with this format
     */
    public Compression compression(String name) {
        return Compression.titled(name == null ? "none" : name)
                .filter(compression -> compression == Compression.NONE || compressions.contains(compression))
                .orElseThrow(() -> ProblemException.invalid(
                        "compression",
                        "must be one of none, "
                                + compressions.stream().map(Compression::title).collect(Collectors.joining(", "))
                                + (compressesInside ? ", inside the file, for " : ", for ") + extension));
    }

    /** The name of a part of a result, counted from 0: {@code part-00000.csv.gz}. */
    public String partName(int number, Compression compression) {
        return String.format(
                Locale.ROOT,
                "part-%05d.%s%s",
                number,
                extension,
                around(compression).extension());
    }

    /** What is around a file of this format that is compressed so: nothing where it compresses inside. */
    public Compression around(Compression compression) {
        return compressesInside ? Compression.NONE : compression;
    }
}
