package dev.wharf.engine.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of records of JSON, in the order in which they appear: one a top-level key; where records are no objects,
 * one for all of them.
 */
final class JsonColumns {
    /** Records turned out to be another kind of values than those before: all have to be read again, as values. */
    static final class Mixed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Mixed() {
            super(null, null, false, false);
        }
    }

    /** The column of records that are no objects. */
    private static final String VALUES = "json";
    /** DuckDB takes much memory and time for more. */
    static final int MOST = 20_000;

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    /** Null as long as no record has told. */
    private Boolean values;

    /** Of records each of which is one value, whatever they hold. */
    static JsonColumns ofValues() {
        var columns = new JsonColumns();
        columns.values = true;
        return columns;
    }

    /**
     * Takes note of a record.
     *
     * @return whether records are values
     * @throws Mixed where those before were objects
     */
    boolean areValues(boolean object) {
        if (values == null) {
            values = !object;
        } else if (!values && !object) {
            throw new Mixed();
        }
        return values;
    }

    /** The number of a key's column, from 1; 0 where that is one too many. */
    int number(String key) {
        var number = numbers.get(key);
        if (number == null && numbers.size() < MOST) {
            number = numbers.size() + 1;
            numbers.put(key, number);
        }
        return number == null ? 0 : number;
    }

    /** Whether there were records, and none of them had a key. */
    boolean withoutKeys() {
        return values != null && !values && numbers.isEmpty();
    }

    /** Whether records are values, whatever they hold. */
    boolean ofValuesOnly() {
        return Boolean.TRUE.equals(values);
    }

    List<String> names() {
        return numbers.isEmpty() ? List.of(VALUES) : List.copyOf(numbers.keySet());
    }
}
