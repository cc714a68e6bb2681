package dev.wharf.engine.file;

import java.nio.file.Path;

/**
 * One staged file.
 *
 * @param path a regular file directly in the folder of the run; its name ends in the extensions of the original
 *     ({@code 000001.csv.gz}), which decide how it is read
 * @param displayName what people call it, such as its key; the only name that messages show
 */
public record EngineInput(Path path, String displayName) {
    SourceFormat format() {
        return SourceFormat.of(path.getFileName().toString());
    }
}
