package dev.wharf.browse;

import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.sample.Preview;
import dev.wharf.engine.sample.Sampler;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Shows the first rows of a file. */
public final class Previews {
    private static final int MOST_ROWS = 1_000;
    private static final int ROWS = 100;

    private final Places places;
    private final Sampler sampler;
    private final Path folder;

    /**
     * Removes what a process that died has left.
     *
     * @param folder for temporary files; nothing else may be in it
     */
    public Previews(Places places, Sampler sampler, Path folder) {
        this.places = places;
        this.sampler = sampler;
        this.folder = folder;
        try {
            FileSystemUtils.deleteRecursively(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads as little of a file as its first rows need.
     *
     * @param query {@code uri}; {@code connectionId} where the uri has none; {@code limit} 1 to 1,000 rows, default 100;
     *     {@code header}, {@code delimiter}, {@code encoding}, {@code quote} say how delimited text is to be read;
     *     {@code etag} the version that is meant
     * @throws ProblemException 400 for a place that is no file, or a file that cannot be read as its name says; 403 or
     *     404, naming what is missing; 409 where another version lies there; 503 where too many files are being looked into
     */
    @Operation("vfsPreview")
    public Preview preview(Caller caller, Query query) throws IOException {
        int limit = query.number("limit", ROWS, 1, MOST_ROWS);
        var said = said(query);
        try (BrowsedPlace place = places.open(caller, query)) {
            var uri = place.uri();
            if (uri.isFolder()) {
                throw ProblemException.invalid("uri", "names no file: the address of one does not end in a slash");
            }
            Path own = Files.createTempDirectory(folder, "");
            try {
                String etag = query.get("etag").orElse(null);
                return Preview.of(
                        uri,
                        sampler.sample(place.store(), uri.bucket(), uri.key(), etag, Reading.of(said), own, limit));
            } finally {
                FileSystemUtils.deleteRecursively(own);
            }
        }
    }

    private static TextDialect said(Query query) {
        return TextDialect.sent(
                query.get("header").isPresent() ? query.flag("header") : null,
                query.get("delimiter").orElse(null),
                query.get("encoding").orElse(null),
                query.get("quote").orElse(null));
    }
}
