package dev.wharf.engine.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.store.S3Uri;
import java.util.List;
import java.util.Locale;

/**
 * The first rows of a file, or of files together, as callers are shown them; {@code openapi.yaml} explains each field.
 *
 * @param data rows; each has a value for each of {@code columns}
 * @see Sample
 */
public record Preview(
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
        long bytesRead) {

    public static Preview of(S3Uri uri, Sample sample) {
        var compression = sample.format().compression();
        return new Preview(
                uri.toString(),
                sample.format().kind().name().toLowerCase(Locale.ROOT),
                compression == Compression.NONE ? null : compression.title(),
                sample.encoding(),
                sample.delimiter(),
                sample.header(),
                sample.columns(),
                sample.columnCount(),
                sample.omitted(),
                sample.rows(),
                sample.rowCount(),
                sample.complete(),
                sample.cuts(),
                sample.warnings(),
                sample.size(),
                sample.bytesRead());
    }
}
