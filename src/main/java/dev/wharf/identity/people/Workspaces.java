package dev.wharf.identity.people;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.util.stream.Stream;

/** The caller's workspace; to its members there is no other. */
public final class Workspaces {
    private final Database database;

    public Workspaces(Database database) {
        this.database = database;
    }

    /**
     * @param workspaceId a number, or {@code current}
     * @throws ProblemException 404 if it is not the caller's
     */
    @Operation("getWorkspace")
    public Workspace get(Caller caller, String workspaceId) {
        return database.sql("identity/find-workspace")
                .param("workspace", require(caller, workspaceId))
                .query((row, number) -> new Workspace(
                        row.getLong("id"),
                        row.getString("uuid"),
                        row.getString("uuid"),
                        row.getString("name"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("updated_at").toInstant()))
                .single();
    }

    /** The workspaces that the caller is in: this one. */
    @Operation("listWorkspaces")
    public Page<Workspace> list(Caller caller, Query query) {
        return Page.of(
                query,
                (limit, offset) -> Stream.of(get(caller, "current"))
                        .skip(offset)
                        .limit(limit)
                        .toList(),
                () -> 1);
    }

    static long require(Caller caller, String id) {
        if (!Ids.isCurrent(id) && Ids.parse("workspace", id) != caller.workspaceId()) {
            throw Ids.notFound("workspace", id);
        }
        return caller.workspaceId();
    }
}
