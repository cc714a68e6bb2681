package dev.wharf.engine.structure;

import dev.wharf.engine.file.SourceFormat.Kind;
import java.util.List;
import java.util.Set;

/** The type that values of two files have together, as it would be found if they stood in one. */
public final class UnitedType {
    private static final Set<String> NUMBERS = Set.of("BIGINT", "DOUBLE");
    /** Of JSON: what is found beside values of these types is mixed, since they are no strings. */
    private static final Set<String> NO_STRINGS = Set.of("BIGINT", "DOUBLE", "BOOLEAN", "JSON");

    private UnitedType() {}

    /** @param one null where no value has told it, as the other one; then so is the answer, if both are */
    public static String of(Kind kind, String one, String other) {
        if (one == null || one.equals(other)) {
            return other;
        }
        if (other == null) {
            return one;
        }
        if (NUMBERS.containsAll(List.of(one, other))) {
            return "DOUBLE";
        }
        boolean mixed = kind == Kind.JSON && (NO_STRINGS.contains(one) || NO_STRINGS.contains(other));
        return mixed ? "JSON" : "VARCHAR";
    }
}
