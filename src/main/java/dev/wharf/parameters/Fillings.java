package dev.wharf.parameters;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.Part.Text;
import dev.wharf.parameters.Part.Within;
import dev.wharf.parameters.RunParameter.PatternValue;
import dev.wharf.parameters.RunParameter.Selector;
import dev.wharf.parameters.RunParameter.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Makes of a parameter's value, which is as it was sent, what stands in its place. */
final class Fillings {
    private static final int MAX_VALUE = 1_024;
    private static final int MAX_OPTIONS = 1_000;
    private static final String KINDS = "one of variable, selector, dateRange and pattern";

    private Fillings() {}

    /**
     * @param field the field of the request that holds the parameter
     * @throws ProblemException 400 naming what is wrong in it
     */
    static Filling of(String field, RunParameter parameter) {
        String path = field + ".value";
        Value value = parameter.value();
        if (value == null) {
            throw ProblemException.invalid(path, "is missing: give " + KINDS);
        }
        requireOne(path, KINDS, value.variable(), value.selector(), value.dateRange(), value.pattern());
        if (value.variable() != null) {
            return new Settable(
                    parameter, text(path + ".variable.value", value.variable().value()), null);
        }
        if (value.selector() != null) {
            return selector(path + ".selector", parameter, value.selector());
        }
        if (value.dateRange() != null) {
            return new DateFilling(path + ".dateRange", value.dateRange());
        }
        return pattern(path + ".pattern", value.pattern());
    }

    /**
     * @throws ProblemException 400 unless exactly one of the values is there
     */
    static void requireOne(String field, String which, Object... values) {
        List<Object> given = new ArrayList<>();
        for (Object value : values) {
            if (value != null) {
                given.add(value);
            }
        }
        if (given.size() != 1) {
            throw ProblemException.invalid(field, "must hold " + which + ", and holds " + given.size());
        }
    }

    private static String text(String field, String value) {
        if (value == null || value.length() > MAX_VALUE || value.indexOf('\0') >= 0) {
            throw ProblemException.invalid(field, "must be text of at most " + MAX_VALUE + " characters, without NUL");
        }
        return value;
    }

    private static Filling selector(String field, RunParameter parameter, Selector selector) {
        List<String> options = selector.options();
        if (options == null || options.isEmpty() || options.size() > MAX_OPTIONS) {
            throw ProblemException.invalid(field + ".options", "must be 1 to " + MAX_OPTIONS + " texts");
        }
        for (int i = 0; i < options.size(); i++) {
            text(field + ".options[" + i + "]", options.get(i));
        }
        if (new HashSet<>(options).size() < options.size()) {
            throw ProblemException.invalid(field + ".options", "hold one of them twice");
        }
        var filling = new Settable(parameter, selector.defaultOption(), options);
        filling.check(field + ".default", selector.defaultOption());
        return filling;
    }

    private static Filling pattern(String field, PatternValue pattern) {
        requireOne(
                field,
                "one of wildcard, regex, trifactaPattern and string",
                pattern.wildcard(),
                pattern.regex(),
                pattern.trifactaPattern(),
                pattern.string());
        if (pattern.regex() != null) {
            return new Fixed(
                    RegexText.part(field + ".regex.value", pattern.regex().value()));
        }
        if (pattern.trifactaPattern() != null) {
            return new Fixed(TrifactaPattern.part(
                    field + ".trifactaPattern.value", pattern.trifactaPattern().value()));
        }
        if (pattern.string() != null) {
            return new Fixed(
                    new Text(text(field + ".string.value", pattern.string().value())));
        }
        if (!pattern.wildcard().isObject() || !pattern.wildcard().isEmpty()) {
            throw ProblemException.invalid(field + ".wildcard", "must be an empty object, {}");
        }
        return new Fixed(new Within("[^/]*"));
    }

    /** A variable, or a selector, which has options. */
    private record Settable(RunParameter parameter, String byDefault, List<String> options) implements Filling {
        @Override
        public Part part(Matching matching) {
            return new Text(matching.values().getOrDefault(parameter.overrideKey(), byDefault));
        }

        @Override
        public void check(String field, String value) {
            text(field, value);
            if (options != null && !options.contains(value)) {
                throw ProblemException.invalid(
                        field,
                        "must be one of the options \"" + String.join("\", \"", options) + "\", and is \"" + value
                                + "\"");
            }
        }
    }

    private record Fixed(Part part) implements Filling {
        @Override
        public Part part(Matching matching) {
            return part;
        }

        @Override
        public void check(String field, String value) {
            throw ProblemException.invalid(field, "is given to a pattern: only variables and selectors take a value");
        }
    }
}
