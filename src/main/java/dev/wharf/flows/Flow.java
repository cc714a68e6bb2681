package dev.wharf.flows;

import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Reference;
import java.time.Instant;
import java.util.Map;

/**
 * A flow: a folder of datasets and recipes.
 *
 * @param deletedAt null while it lives
 */
record Flow(
        long id,
        String uuid,
        long workspaceId,
        long ownerId,
        long updaterId,
        String name,
        String description,
        Instant createdAt,
        Instant updatedAt,
        Instant deletedAt) {

    /** As the API shows it, without what {@code embed} may add. */
    Map<String, Object> view() {
        Map<String, Object> view = new View("/v4/flows/" + id);
        view.put("id", id);
        view.put("uuid", uuid);
        view.put("name", name);
        view.put("description", description);
        view.put("folder", null);
        view.put("creator", new Reference(ownerId));
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
