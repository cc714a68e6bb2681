package dev.wharf.datasets;

import dev.wharf.engine.sample.Sample;
import dev.wharf.engine.structure.Structure;
import dev.wharf.kernel.api.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found when the files of a dataset were looked at; kept with them.
 *
 * @param structure which all of them have; null where nobody has looked
 * @param columnCount of the structure, of which not all columns are kept where they are many or have long names
 * @param leftOut archived files that were left out
 * @param leftOutKeys the first hundred of them
 */
public record Found(Structure structure, int columnCount, long leftOut, List<String> leftOutKeys) {
    /** Nobody has looked. */
    public static final Found NOTHING = new Found(null, 0, 0, List.of());

    /** Of the columns that are kept, as JSON. */
    private static final int MOST_CHARACTERS = 200_000;

    public static Found of(Structure structure, long leftOut, List<String> leftOutKeys) {
        if (structure == null) {
            return new Found(null, 0, leftOut, leftOutKeys);
        }
        var kept = new ArrayList<Sample.Column>();
        int characters = 0;
        for (var column : structure.columns()) {
            characters += Json.write(column).length() + 1;
            if (characters > MOST_CHARACTERS) {
                break;
            }
            kept.add(column);
        }
        return new Found(structure.with(kept), structure.columns().size(), leftOut, leftOutKeys);
    }

    static Found read(String json) {
        return json == null ? NOTHING : Json.read(json, Found.class);
    }
}
