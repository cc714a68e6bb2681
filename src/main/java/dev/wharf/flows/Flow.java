package dev.wharf.flows;

import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.View;
import java.time.Instant;
import java.util.Map;

/**
 * A flow: a folder of datasets and recipes.
 *
 * @param deletedAt null while it lives
 */
record Flow(long id, String uuid, String name, String description, Stamp stamp, Instant deletedAt) {

    /** As the API shows it, without what {@code embed} may add. */
    Map<String, Object> view() {
        Map<String, Object> view = new View("/v4/flows/" + id);
        view.put("id", id);
        view.put("uuid", uuid);
        view.put("name", name);
        view.put("description", description);
        view.put("folder", null);
        stamp.addTo(view);
        return view;
    }

    Changed changed() {
        return stamp.changed(id);
    }
}
