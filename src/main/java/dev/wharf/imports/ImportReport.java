package dev.wharf.imports;

import java.util.List;

/**
 * What an import would take in, and what speaks against it ({@code openapi.yaml} explains each field).
 *
 * @param uri a folder ends in a slash, however it was named
 * @param bytes the sizes of all files
 * @param first the key of the first file in the order of keys; null where there is none
 * @param refusals what the import would be refused for, in the words of the refusal
 */
record ImportReport(
        String uri,
        boolean importable,
        long files,
        long bytes,
        String first,
        String last,
        List<Format> formats,
        Ignored ignored,
        long archived,
        List<String> refusals) {

    /** @param examples the first few keys */
    record Format(String format, long files, List<String> examples) {}

    /** Objects that are no data, by reason. */
    record Ignored(long count, long markers, long hidden, long placeholders) {}
}
