package dev.wharf.parameters.environment;

import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Made;
import dev.wharf.kernel.api.Reference;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A variable of a whole workspace, as it is kept.
 *
 * @param name its override key, which begins with {@code env.}
 */
record EnvironmentParameter(
        long id,
        String uuid,
        long workspaceId,
        String name,
        String value,
        long creatorId,
        long updaterId,
        Instant createdAt,
        Instant updatedAt) {

    /** What the API shows, and where. */
    private static final class View extends LinkedHashMap<String, Object> implements Made {
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

    /** As the API shows it, so that it can be sent back. */
    Map<String, Object> view() {
        Map<String, Object> view = new View("/v4/environmentParameters/" + id);
        view.put("id", id);
        view.put("uuid", uuid);
        view.put("overrideKey", name);
        view.put("value", Map.of("variable", Map.of("value", value)));
        view.put("creator", new Reference(creatorId));
        view.put("updater", new Reference(updaterId));
        view.put("workspace", new Reference(workspaceId));
        view.put("createdAt", createdAt);
        view.put("updatedAt", updatedAt);
        return view;
    }

    Changed changed() {
        return new Changed(id, new Reference(updaterId), createdAt, updatedAt);
    }
}
