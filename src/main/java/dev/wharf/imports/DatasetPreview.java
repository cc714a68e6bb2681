package dev.wharf.imports;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wharf.engine.sample.Preview;
import java.util.List;

/**
 * The first rows of a dataset; {@code openapi.yaml} explains each field.
 *
 * @param preview of all files that were looked into; its fields stand beside {@code files}
 * @param files those, in their order
 */
public record DatasetPreview(@JsonUnwrapped Preview preview, List<File> files) {

    /** @param rows how many of {@code data} are its own */
    public record File(String key, String uri, int rows) {}
}
