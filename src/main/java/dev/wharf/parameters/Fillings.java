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
    private static final String OF_SOURCES = "one of variable, selector, dateRange and pattern";
    private static final String OF_DESTINATIONS = "one of variable, selector and timestamp";

    /** Which texts may stand in the place of a parameter. */
    private interface Rule {
        /**
         * @throws ProblemException 400 naming the field
         */
        void check(String field, String value);
    }

    private Fillings() {}

    /**
     * Of a path that is read.
     *
     * @param field the field of the request that holds the parameter
     * @throws ProblemException 400 naming what is wrong in it
     */
    static Filling ofSource(String field, RunParameter parameter) {
        String path = field + ".value";
        Value value = present(path, parameter, OF_SOURCES);
        if (value.timestamp() != null) {
            throw ProblemException.invalid(
                    path + ".timestamp", "is for where results go: the dates of what is read are a dateRange");
        }
        requireOne(path, OF_SOURCES, value.variable(), value.selector(), value.dateRange(), value.pattern());
        if ("bucket".equals(parameter.type()) && (value.dateRange() != null || value.pattern() != null)) {
            throw ProblemException.invalid(path, "must be a variable or a selector, as a dataset lies in one bucket");
        }
        if (value.dateRange() != null) {
            return new DateFilling(path + ".dateRange", value.dateRange());
        }
        return value.pattern() != null
                ? pattern(path + ".pattern", value.pattern())
                : named(field, parameter, Fillings::requireText);
    }

    /**
     * Of a path to which results go.
     *
     * @param field the field of the request that holds the parameter
     * @throws ProblemException 400 naming what is wrong in it
     */
    static Filling ofDestination(String field, RunParameter parameter) {
        String path = field + ".value";
        Value value = present(path, parameter, OF_DESTINATIONS);
        if (value.dateRange() != null || value.pattern() != null) {
            throw ProblemException.invalid(
                    path, "must hold " + OF_DESTINATIONS + ": windows of time and patterns are for what is read");
        }
        requireOne(path, OF_DESTINATIONS, value.variable(), value.selector(), value.timestamp());
        return value.timestamp() != null
                ? new TimestampFilling(path + ".timestamp", value.timestamp())
                : named(field, parameter, Fillings::requirePartOfName);
    }

    private static Value present(String path, RunParameter parameter, String kinds) {
        if (parameter.value() == null) {
            throw ProblemException.invalid(path, "is missing: give " + kinds);
        }
        return parameter.value();
    }

    /** A variable or a selector. */
    private static Filling named(String field, RunParameter parameter, Rule rule) {
        String path = field + ".value";
        Value value = parameter.value();
        if (EnvironmentName.isOne(parameter.overrideKey())) {
            if (value.variable() == null) {
                throw ProblemException.invalid(
                        field + ".overrideKey",
                        "begins with " + EnvironmentName.PREFIX
                                + ", as environment parameters do, which are variables");
            }
            requireText(path + ".variable.value", value.variable().value());
            return new Environmental(
                    field, EnvironmentName.require(field + ".overrideKey", parameter.overrideKey()), rule);
        }
        if (value.selector() != null) {
            return selector(path + ".selector", parameter, value.selector(), rule);
        }
        rule.check(path + ".variable.value", value.variable().value());
        return new Settable(parameter, value.variable().value(), null, rule);
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

    private static void requireText(String field, String value) {
        if (value == null || value.length() > MAX_VALUE || value.indexOf('\0') >= 0) {
            throw ProblemException.invalid(field, "must be text of at most " + MAX_VALUE + " characters, without NUL");
        }
    }

    /** Whoever gives a value names a part of a folder or a file, and not another folder than the path's author meant. */
    private static void requirePartOfName(String field, String value) {
        requireText(field, value);
        if (value.isEmpty()) {
            throw ProblemException.invalid(field, "is empty: results would go elsewhere than the path says");
        }
        if (value.indexOf('/') >= 0 || value.equals(".") || value.equals("..")) {
            throw ProblemException.invalid(
                    field, "is \"" + value + "\", and must be a part of one name: without a slash, and not . or ..");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(field, "must not hold control characters or line ends");
        }
    }

    private static Filling selector(String field, RunParameter parameter, Selector selector, Rule rule) {
        List<String> options = selector.options();
        if (options == null || options.isEmpty() || options.size() > MAX_OPTIONS) {
            throw ProblemException.invalid(field + ".options", "must be 1 to " + MAX_OPTIONS + " texts");
        }
        for (int i = 0; i < options.size(); i++) {
            rule.check(field + ".options[" + i + "]", options.get(i));
        }
        if (new HashSet<>(options).size() < options.size()) {
            throw ProblemException.invalid(field + ".options", "hold one of them twice");
        }
        var filling = new Settable(parameter, selector.defaultOption(), options, rule);
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
            requireText(field + ".string.value", pattern.string().value());
            return new Fixed(new Text(pattern.string().value()));
        }
        if (!pattern.wildcard().isObject() || !pattern.wildcard().isEmpty()) {
            throw ProblemException.invalid(field + ".wildcard", "must be an empty object, {}");
        }
        return new Fixed(new Within("[^/]*"));
    }

    /** A variable, or a selector, which has options. */
    private record Settable(RunParameter parameter, String byDefault, List<String> options, Rule rule)
            implements Filling {
        @Override
        public Part part(Matching matching) {
            return new Text(matching.values().getOrDefault(parameter.overrideKey(), byDefault));
        }

        @Override
        public void check(String field, String value) {
            rule.check(field, value);
            if (options != null && !options.contains(value)) {
                throw ProblemException.invalid(
                        field,
                        "must be one of the options \"" + String.join("\", \"", options) + "\", and is \"" + value
                                + "\"");
            }
        }
    }

    /** The value that administrators have given to a name. */
    private record Environmental(String field, String name, Rule rule) implements Filling {
        @Override
        public Part part(Matching matching) {
            String value = matching.environment().get(name);
            if (value == null) {
                throw ProblemException.invalid(
                        field + ".overrideKey",
                        "names the environment parameter " + name + ", which there is not: an administrator makes it by"
                                + " POST /v4/environmentParameters");
            }
            rule.check("The environment parameter " + name, value);
            return new Text(value);
        }

        @Override
        public void check(String given, String value) {
            throw ProblemException.invalid(
                    given,
                    "is given to the environment parameter " + name + ", whose value administrators say for all");
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
