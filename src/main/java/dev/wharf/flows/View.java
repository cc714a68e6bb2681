package dev.wharf.flows;

import dev.wharf.kernel.api.Made;
import java.util.LinkedHashMap;

/** What the API shows of something, in the order of its fields, and where it can be asked for. */
final class View extends LinkedHashMap<String, Object> implements Made {
    private static final long serialVersionUID = 1;

    private final String location;

    View(String location) {
        this.location = location;
    }

    @Override
    public String location() {
        return location;
    }
}
