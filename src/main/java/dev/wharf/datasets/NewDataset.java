package dev.wharf.datasets;

import dev.wharf.engine.file.TextDialect;
import dev.wharf.parameters.ParameterisedPath;
import dev.wharf.store.S3Uri;

/**
 * A dataset that is to be imported.
 *
 * @param source a folder ends in a slash
 * @param parameters what of the path varies; null where it does not
 * @param description may be null
 * @param disableTypeInference whether every column is text
 * @param said how delimited text is to be read
 */
public record NewDataset(
        S3Uri source,
        ParameterisedPath parameters,
        String name,
        String description,
        boolean disableTypeInference,
        TextDialect said) {}
