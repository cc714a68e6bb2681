package dev.wharf.parameters.environment;

import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.api.View;
import java.time.Instant;
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
