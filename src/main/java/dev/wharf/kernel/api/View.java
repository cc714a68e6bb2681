package dev.wharf.kernel.api;

import java.time.Instant;
import java.util.LinkedHashMap;

/** What the API shows of something, in the order of its fields, and where it can be asked for. */
public final class View extends LinkedHashMap<String, Object> implements Made, Versioned {
    private static final long serialVersionUID = 1;

    private final String location;

    public View(String location) {
        this.location = location;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public Instant updatedAt() {
        return (Instant) get("updatedAt");
    }
}
