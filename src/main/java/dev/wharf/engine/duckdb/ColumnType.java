package dev.wharf.engine.duckdb;

import java.util.ArrayList;
import java.util.List;

/**
 * A type as DuckDB writes it, such as {@code STRUCT("a b" INTEGER, c DOUBLE[])[]}, taken apart.
 *
 * @param name {@code LIST}, {@code MAP} and {@code STRUCT}; of other types what DuckDB calls them, {@code DECIMAL(4, 2)}
 * @param parts the elements of a list, key and value of a map, the fields of a structure; else none
 */
public record ColumnType(String name, List<Part> parts) {
    public static final String LIST = "LIST";
    public static final String MAP = "MAP";
    public static final String STRUCT = "STRUCT";

    /** @param name of a field; else empty */
    public record Part(String name, ColumnType type) {}

    static ColumnType of(String text) {
        return new Reader(text).type();
    }

    public boolean nested() {
        return !parts.isEmpty();
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        ColumnType type() {
            var type = single();
            while (at < text.length() && text.charAt(at) == '[') {
                at = text.indexOf(']', at) + 1;
                type = new ColumnType(LIST, List.of(new Part("", type)));
            }
            return type;
        }

        private ColumnType single() {
            if (skip("STRUCT(")) {
                return new ColumnType(STRUCT, parts(true));
            }
            if (skip("MAP(")) {
                return new ColumnType(MAP, parts(false));
            }
            int start = at;
            for (int depth = 0; at < text.length() && (depth > 0 || ",)[".indexOf(text.charAt(at)) < 0); at++) {
                char one = text.charAt(at);
                if (one == '\'') {
                    at = text.indexOf('\'', at + 1);
                } else {
                    depth += one == '(' ? 1 : one == ')' ? -1 : 0;
                }
            }
            return new ColumnType(text.substring(start, at), List.of());
        }

        private List<Part> parts(boolean named) {
            var parts = new ArrayList<Part>();
            do {
                skip(" ");
                parts.add(new Part(named ? name() : "", type()));
            } while (skip(","));
            at++;
            return parts;
        }

        /** Quoted where it is no plain word. */
        private String name() {
            var name = new StringBuilder();
            if (text.charAt(at) != '"') {
                int end = text.indexOf(' ', at);
                name.append(text, at, end);
                at = end;
            } else {
                do {
                    int end = text.indexOf('"', at + 1);
                    name.append(name.isEmpty() ? "" : "\"").append(text, at + 1, end);
                    at = end + 1;
                } while (text.charAt(at) == '"');
            }
            at++;
            return name.toString();
        }

        private boolean skip(String word) {
            boolean there = text.startsWith(word, at);
            at += there ? word.length() : 0;
            return there;
        }
    }
}
