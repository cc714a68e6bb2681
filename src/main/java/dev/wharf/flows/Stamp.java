package dev.wharf.flows;

import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Reference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** In which workspace something is, who made it and who changed it last, and when. */
record Stamp(long workspaceId, long creatorId, long updaterId, Instant createdAt, Instant updatedAt) {
    static Stamp of(ResultSet row) throws SQLException {
        return new Stamp(
                row.getLong("workspace_id"),
                row.getLong("creator_id"),
                row.getLong("updater_id"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    void addTo(Map<String, Object> view) {
        view.put("creator", new Reference(creatorId));
        view.put("updater", new Reference(updaterId));
        view.put("workspace", new Reference(workspaceId));
        view.put("createdAt", createdAt);
        view.put("updatedAt", updatedAt);
    }

    /** What a change of it is answered. */
    Changed changed(long id) {
        return new Changed(id, new Reference(updaterId), createdAt, updatedAt);
    }
}
