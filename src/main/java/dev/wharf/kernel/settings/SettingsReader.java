package dev.wharf.kernel.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Looks settings up by name: {@code -D} first, then the environment ({@code wharf.http.port} as
 * {@code WHARF_HTTP_PORT}), then the file. Remembers what was asked for, so that a name that nobody knows is found.
 */
final class SettingsReader {
    private static final String PREFIX = "wharf.";
    private static final String ENVIRONMENT_PREFIX = "WHARF_";
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(MB|GB)");

    private final Map<String, String> system;
    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final Set<String> known = new LinkedHashSet<>();

    SettingsReader(Map<String, String> system, Map<String, String> environment, Map<String, String> file) {
        this.system = system;
        this.environment = environment;
        this.file = file;
    }

    String text(String name, String defaultValue) {
        known.add(name);
        String value = system.get(name);
        if (value == null) {
            value = environment.get(environmentName(name));
        }
        if (value == null) {
            value = file.get(name);
        }
        return value == null ? defaultValue : value.strip();
    }

    Secret secret(String name) {
        return new Secret(text(name, ""));
    }

    /** Whether the second of two words is said; the first one is the default. */
    boolean isOther(String name, String usual, String other) {
        String value = text(name, usual);
        if (!value.equals(usual) && !value.equals(other)) {
            throw malformed(name, usual + " or " + other);
        }
        return value.equals(other);
    }

    boolean flag(String name, boolean defaultValue) {
        return switch (text(name, String.valueOf(defaultValue)).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed(name, "true or false");
        };
    }

    /** Values with commas between them; none by default. */
    List<String> list(String name, Pattern each, String allowed) {
        List<String> values = Arrays.stream(text(name, "").split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        if (!values.stream().allMatch(value -> each.matcher(value).matches())) {
            throw malformed(name, allowed);
        }
        return values;
    }

    int port(String name, int defaultValue) {
        return (int) number(name, defaultValue, 0, 65_535);
    }

    long number(String name, long defaultValue, long min, long max) {
        String value = text(name, String.valueOf(defaultValue));
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, like a number out of range
        }
        throw malformed(name, "a whole number from " + min + " to " + max);
    }

    Duration duration(String name, String defaultValue) {
        var matcher = DURATION.matcher(text(name, defaultValue));
        if (!matcher.matches()) {
            throw malformed(name, "a duration such as 500ms, 30s, 10m or 2h");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** An amount of bytes that is written in megabytes or gigabytes. */
    long size(String name, String defaultValue) {
        var matcher = SIZE.matcher(text(name, defaultValue));
        if (!matcher.matches()) {
            throw malformed(name, "an amount such as 128MB or 1GB");
        }
        return Long.parseLong(matcher.group(1)) << (matcher.group(2).equals("MB") ? 20 : 30);
    }

    SettingsException malformed(String name, String allowed) {
        return new SettingsException(name + " must be " + allowed);
    }

    /**
     * To be called when everything was read.
     *
     * @throws SettingsException naming the first {@code wharf.*} name that nobody asked for
     */
    void refuseUnknown() {
        Set<String> given = new TreeSet<>();
        system.keySet().stream().filter(name -> name.startsWith(PREFIX)).forEach(given::add);
        file.keySet().stream().filter(name -> name.startsWith(PREFIX)).forEach(given::add);
        given.removeAll(known);
        if (!given.isEmpty()) {
            throw unknown(given.iterator().next());
        }
        Set<String> variables = new TreeSet<>(environment.keySet());
        variables.removeIf(name -> !name.startsWith(ENVIRONMENT_PREFIX));
        known.forEach(name -> variables.remove(environmentName(name)));
        if (!variables.isEmpty()) {
            throw unknown(variables.iterator().next());
        }
    }

    private SettingsException unknown(String name) {
        return new SettingsException(name + " is not a setting; the settings are " + String.join(", ", known));
    }

    Set<String> known() {
        return Set.copyOf(known);
    }

    private static String environmentName(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
