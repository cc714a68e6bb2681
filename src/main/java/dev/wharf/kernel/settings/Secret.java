package dev.wharf.kernel.settings;

import java.util.Objects;

/** A value that must not be shown: it prints as asterisks wherever it is printed by accident. */
public record Secret(String value) {
    public static final Secret NONE = new Secret("");

    public Secret {
        Objects.requireNonNull(value);
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return "****";
    }
}
