package dev.wharf.engine.file;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;

/**
 * How the files of a dataset are to be read, as far as somebody has said it.
 *
 * @param dialect of delimited text
 * @param types of the columns of delimited text and JSON, in previews and in typed results
 * @param union whether Parquet and Avro files with columns added at the end are read together with those without them,
 *     where they are null
 * @param values whether records of JSON are values in one column, also those that are objects, as others are none
 */
public record Reading(TextDialect dialect, SaidTypes types, boolean union, boolean values) {
    /** Nothing was said. */
    public static final Reading UNSAID = of(TextDialect.UNSAID);

    public static Reading of(TextDialect dialect) {
        return new Reading(dialect, SaidTypes.UNSAID, false, false);
    }

    public Reading with(TextDialect other) {
        return new Reading(other, types, union, values);
    }

    public Reading with(SaidTypes other) {
        return new Reading(dialect, other, union, values);
    }

    /** The same, where records of JSON are values. */
    public Reading ofValues() {
        return new Reading(dialect, types, union, true);
    }

    /**
     * Refuses what was said of files to which it does not apply; of files that are not read, that they are not.
     *
     * @param fileName for the message
     * @throws ProblemException {@code VALIDATION_FAILED}, naming the format or the fields
     */
    public void check(SourceFormat.Kind kind, String fileName) {
        if (!dialect.equals(TextDialect.UNSAID) || !types.isEmpty() || union) {
            SourceFormat.of(fileName);
        }
        dialect.check(kind, fileName);
        if (!types.isEmpty() && !kind.textual()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "columnTypes: applies to delimited text and JSON only, and " + fileName + " is " + kind.title()
                            + ", which states its types.");
        }
        if (union && kind.delimited()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "columns: union applies to Parquet, Avro and JSON only, and " + fileName + " is " + kind.title()
                            + ".");
        }
    }
}
