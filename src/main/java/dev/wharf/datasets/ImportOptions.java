package dev.wharf.datasets;

import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SaidTypes;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.structure.Extent;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Map;

/**
 * What whoever imports a dataset has said of its files, beside how their text is read.
 *
 * @param check how many of them are looked into
 * @param union whether columns may have been added at the end of later files
 * @param types of columns
 * @param skipArchived whether archived files are left out, and do not refuse the import
 */
public record ImportOptions(Extent check, boolean union, SaidTypes types, boolean skipArchived) {
    /** Nothing was said. */
    public static final ImportOptions UNSAID = new ImportOptions(Extent.SAMPLE, false, SaidTypes.UNSAID, false);

    private static final int MOST_CHARACTERS = 200_000;

    /** @throws ProblemException {@code VALIDATION_FAILED} where types are more than can be kept */
    public ImportOptions {
        if (Json.write(types.byName()).length() > MOST_CHARACTERS) {
            throw ProblemException.invalid("columnTypes", "must be at most " + MOST_CHARACTERS + " characters of JSON");
        }
    }

    /**
     * By the fields of the API; null where one was not sent.
     *
     * @throws ProblemException {@code VALIDATION_FAILED}, naming the field
     */
    public static ImportOptions of(
            String structureCheck, String columns, Map<String, String> columnTypes, String archived) {
        return new ImportOptions(
                Extent.of(structureCheck),
                is("columns", columns, "same", "union"),
                columnTypes == null ? SaidTypes.UNSAID : new SaidTypes(columnTypes),
                is("archived", archived, "refuse", "skip"));
    }

    private static boolean is(String field, String value, String custom, String other) {
        if (value == null || value.equals(custom)) {
            return false;
        }
        if (!value.equals(other)) {
            throw ProblemException.invalid(field, "must be \"" + custom + "\" or \"" + other + "\"");
        }
        return true;
    }

    /** With how their text is read. */
    public Reading reading(TextDialect dialect) {
        return new Reading(dialect, types, union, false);
    }
}
