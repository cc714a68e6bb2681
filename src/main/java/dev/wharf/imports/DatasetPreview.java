package dev.wharf.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.engine.sample.Sample;
import java.util.List;

/**
 * The first rows of a dataset; {@code openapi.yaml} explains each field.
 *
 * @param data rows; each has a value for each of {@code columns}
 * @param files those that were looked into, in their order
 */
public record DatasetPreview(
        String uri,
        String format,
        String compression,
        String encoding,
        Character delimiter,
        Boolean header,
        List<Sample.Column> columns,
        int columnCount,
        List<String> omittedColumns,
        List<List<JsonNode>> data,
        Long rowCount,
        boolean complete,
        List<Sample.Cut> cutValues,
        List<String> warnings,
        long size,
        long bytesRead,
        List<File> files) {

    /** @param rows how many of {@code data} are its own */
    public record File(String key, String uri, int rows) {}
}
