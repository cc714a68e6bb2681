package dev.wharf.datasets;

import dev.wharf.engine.sample.Sample;
import dev.wharf.engine.structure.Structure;
import java.util.List;
import java.util.Locale;

/** How the files of a dataset are structured, as the API shows it; {@code openapi.yaml} explains each field. */
public record StructureView(
        String format,
        String compression,
        String encoding,
        String delimiter,
        Boolean header,
        List<Sample.Column> columns,
        int columnCount,
        long checked) {

    /** @return null where nobody has looked */
    public static StructureView of(Found found) {
        return found.structure() == null ? null : of(found.structure(), found.columnCount());
    }

    private static StructureView of(Structure structure, int columnCount) {
        var delimiter = structure.delimiter();
        return new StructureView(
                structure.format().name().toLowerCase(Locale.ROOT),
                structure.compression(),
                structure.encoding(),
                delimiter == null || delimiter.isEmpty() ? null : delimiter,
                structure.header(),
                structure.columns(),
                columnCount,
                structure.checked());
    }
}
