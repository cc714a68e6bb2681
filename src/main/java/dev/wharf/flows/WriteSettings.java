package dev.wharf.flows;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.Associations;
import dev.wharf.jobs.ResultPlaces;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files that recipes write: each is one of an output object, and keeps the rules of a job's. */
public final class WriteSettings {
    private static final String CREATE = "createWriteSetting";
    private static final String PATCH = "patchWriteSetting";
    private static final String DELETE = "deleteWriteSetting";
    private static final Map<String, String> FILTERED = Map.of("path", "path", "format", "result_format");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "path", "path", "createdAt", "created_at", "updatedAt", "updated_at");

    private final Database database;
    private final FlowTable flows;
    private final OutputTable outputs;
    private final SettingTable table;
    private final ResultPlaces places;
    private final Executions executions;
    private final AuditTrail trail;

    public WriteSettings(Database database, ResultPlaces places, Executions executions, AuditTrail trail, Clock clock) {
        this.database = database;
        this.flows = new FlowTable(database, clock);
        this.outputs = new OutputTable(database, clock);
        this.table = new SettingTable(database, clock);
        this.places = places;
        this.executions = executions;
        this.trail = trail;
    }

    /**
     * Adds a file to what a recipe writes.
     *
     * @param executionId {@code x-execution-id}, or null
     * @throws ProblemException 404 if there is no such output that the caller may see; 400 for what no job could write, or where
     *     another one goes; 400, 403 or 404 for a place to which the caller's results may not go
     */
    @Operation(CREATE)
    public Map<String, Object> create(Caller caller, WriteSettingRequest request, String executionId) {
        WriteSetting setting = request.setting();
        Output output =
                trail.attempt(caller, AuditedAction.of(CREATE), () -> outputs.require(caller, request.outputId()));
        places.require(caller, List.of(setting));
        return executions.once(caller.workspaceId(), caller.personId(), executionId, CREATE + " " + request, () -> {
            flows.touch(caller, output.flowId());
            outputs.require(caller, output.id());
            requireApart(output.id(), 0, setting);
            places.keep(caller, List.of(setting));
            long id = table.insert(caller, output.id(), setting);
            outputs.touch(caller, output.id());
            trail.record(
                    caller,
                    AuditedAction.on(setting.path().connectionId(), CREATE),
                    "write setting " + id + " of output " + output.id() + ", to " + setting.written());
            return table.require(caller, id).view();
        });
    }

    /** @param id of the one that is changed, and so goes nowhere any more */
    private void requireApart(long output, long id, WriteSetting setting) {
        SettingFields.requireApart(
                "write settings of output object " + output,
                Stream.concat(
                                table.of(List.of(output)).stream()
                                        .filter(other -> other.id() != id)
                                        .map(SavedSetting::setting),
                                Stream.of(setting))
                        .toList());
    }

    /**
     * Oldest first, where the query does not say otherwise.
     *
     * @param query those of lists; {@code embed}
     * @throws ProblemException 400 if the query is malformed
     */
    @Operation("listWriteSettings")
    public Page<Map<String, Object>> list(Caller caller, Query query) {
        Embedded.of(query, Associations.with());
        var listed = ListQuery.of(query, "path", FILTERED, SORTED);
        return Page.of(
                query,
                (limit, offset) -> table.list(caller, listed, limit, offset).stream()
                        .map(SavedSetting::view)
                        .toList(),
                () -> table.count(caller, listed));
    }

    /** How many rows {@link #list} has in all. */
    @Operation("countWriteSettings")
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", table.count(caller, ListQuery.of(query, "path", FILTERED, SORTED)));
    }

    /**
     * @throws ProblemException 404 if there is none that the caller may see
     */
    @Operation("getWriteSetting")
    public Map<String, Object> get(Caller caller, long id, Query query) {
        Embedded.of(query, Associations.with());
        return table.require(caller, id).view();
    }

    /**
     * Changes what was sent, and leaves the rest.
     *
     * @throws ProblemException as {@link #create}; 412 if it is no longer the version that {@code If-Match} names
     */
    @Operation({PATCH, "updateWriteSetting"})
    public Changed patch(Caller caller, long id, WriteSettingRequest request, IfMatch believed) {
        return trail.attempt(
                caller,
                AuditedAction.of(PATCH),
                () -> database.inTransaction(() -> {
                    flows.touch(caller, table.require(caller, id).flowId());
                    SavedSetting present = table.require(caller, id);
                    believed.require(present.stamp().updatedAt());
                    WriteSetting setting = request.over(present.view());
                    places.require(caller, List.of(setting));
                    requireApart(present.outputId(), id, setting);
                    places.keep(caller, List.of(setting));
                    table.update(caller, id, setting);
                    outputs.touch(caller, present.outputId());
                    trail.record(
                            caller,
                            AuditedAction.on(setting.path().connectionId(), PATCH),
                            "write setting " + id + " of output " + present.outputId() + ", to " + setting.written());
                    return table.require(caller, id).changed();
                }));
    }

    /** Deletes a write setting; results that were written stay. */
    @Operation(DELETE)
    public void delete(Caller caller, long id) {
        trail.attempt(caller, AuditedAction.of(DELETE), () -> {
            database.inTransaction(() -> {
                flows.touch(caller, table.require(caller, id).flowId());
                SavedSetting setting = table.require(caller, id);
                table.delete(id);
                outputs.touch(caller, setting.outputId());
                trail.record(
                        caller, AuditedAction.of(DELETE), "write setting " + id + " of output " + setting.outputId());
            });
        });
    }
}
