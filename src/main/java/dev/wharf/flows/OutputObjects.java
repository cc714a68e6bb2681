package dev.wharf.flows;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.jobs.ResultPlaces;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Output objects: what jobs over a recipe write where they do not say otherwise, one for those that people start and one for
 * those of schedules.
 */
public final class OutputObjects {
    private static final String CREATE = "createOutputObject";
    private static final String PATCH = "patchOutputObject";
    private static final String DELETE = "deleteOutputObject";
    private static final Map<String, String> FILTERED = Map.of("name", "name", "description", "description");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "name", "name", "createdAt", "created_at", "updatedAt", "updated_at");

    private final Database database;
    private final FlowTable flows;
    private final RecipeTable recipes;
    private final OutputTable table;
    private final SettingTable settings;
    private final OutputViews views;
    private final ResultPlaces places;
    private final Executions executions;
    private final AuditTrail trail;

    public OutputObjects(Database database, ResultPlaces places, Executions executions, AuditTrail trail, Clock clock) {
        this.database = database;
        this.flows = new FlowTable(database, clock);
        this.recipes = new RecipeTable(database, clock);
        this.table = new OutputTable(database, clock);
        this.settings = new SettingTable(database, clock);
        this.views = new OutputViews(table, settings);
        this.places = places;
        this.executions = executions;
        this.trail = trail;
    }

    /**
     * Says what a recipe writes.
     *
     * @param executionId {@code x-execution-id}, or null
     * @throws ProblemException 404 if there is no such recipe that the caller may see, 410 if it was deleted; 409 if it has one of
     *     that kind; 400, 403 or 404 for a place to which the caller's results may not go
     */
    @Operation(CREATE)
    public Map<String, Object> create(Caller caller, OutputRequest request, String executionId) {
        if (request.recipeId() == null) {
            throw ProblemException.invalid("flowNodeId", "must be the id of a recipe");
        }
        Node recipe =
                trail.attempt(caller, AuditedAction.of(CREATE), () -> recipes.require(caller, request.recipeId()));
        var asked = request.settings() == null ? List.<WriteSetting>of() : request.settings();
        places.require(caller, asked);
        return executions.once(
                caller.workspaceId(), caller.personId(), executionId, CREATE + " " + Json.write(request), () -> {
                    flows.touch(caller, recipe.flowId());
                    recipes.require(caller, recipe.id());
                    requireOnly(recipe.id(), request.isForPeople());
                    places.keep(caller, asked);
                    long id = table.insert(
                            caller,
                            recipe.id(),
                            request.isForPeople(),
                            Boolean.TRUE.equals(request.profiler()),
                            request.name(),
                            request.description());
                    settings.replace(caller, id, asked);
                    trail.record(caller, AuditedAction.of(CREATE), "output " + id + " of recipe " + recipe.id());
                    return table.require(caller, id).view();
                });
    }

    private void requireOnly(long recipe, boolean adhoc) {
        table.of(List.of(recipe)).stream()
                .filter(other -> other.adhoc() == adhoc)
                .findFirst()
                .ifPresent(other -> {
                    throw new ProblemException(
                            Problem.CONFLICT,
                            "Recipe " + recipe + " has output object " + other.id() + " with isAdhoc=" + adhoc
                                    + " already: change that one, or delete it first");
                });
    }

    /**
     * Oldest first, where the query does not say otherwise.
     *
     * @param query those of lists; {@code embed} as for {@link #get}
     * @throws ProblemException 400 if the query is malformed
     */
    @Operation("listOutputObjects")
    public Page<Map<String, Object>> list(Caller caller, Query query) {
        var embedded = OutputViews.embedded(query);
        var listed = ListQuery.of(query, "name", FILTERED, SORTED);
        return Page.of(
                query,
                (limit, offset) -> views.of(table.list(caller, listed, limit, offset), embedded),
                () -> table.count(caller, listed));
    }

    /** How many rows {@link #list} has in all. */
    @Operation("countOutputObjects")
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", table.count(caller, ListQuery.of(query, "name", FILTERED, SORTED)));
    }

    /**
     * What the recipes of a flow write.
     *
     * @throws ProblemException 404 if there is no such flow that the caller may see; 410 if it was deleted
     */
    @Operation("getFlowOutputs")
    public Page<Map<String, Object>> ofFlow(Caller caller, long id) {
        long flow = flows.require(caller, id).id();
        return new Page<>(views.of(table.ofFlow(flow), Embedded.nothing()), null);
    }

    /**
     * @param query {@code embed=writeSettings,publications}
     * @throws ProblemException 404 if there is none that the caller may see
     */
    @Operation("getOutputObject")
    public Map<String, Object> get(Caller caller, long id, Query query) {
        return views.of(List.of(table.require(caller, id)), OutputViews.embedded(query))
                .get(0);
    }

    /**
     * Changes what was sent, and leaves the rest; write settings that are sent are all that it has afterwards.
     *
     * @throws ProblemException as {@link #create}; 400 also for another recipe or kind; 412 if it is no longer the version that {@code If-Match}
     *     names
     */
    @Operation({PATCH, "updateOutputObject"})
    public Changed patch(Caller caller, long id, OutputRequest request, IfMatch believed) {
        return trail.attempt(
                caller,
                AuditedAction.of(PATCH),
                () -> database.inTransaction(() -> {
                    flows.touch(caller, table.require(caller, id).flowId());
                    Output present = table.require(caller, id);
                    believed.require(present.stamp().updatedAt());
                    requireSame(present, request);
                    if (request.settings() != null) {
                        places.require(caller, request.settings());
                        places.keep(caller, request.settings());
                        settings.replace(caller, id, request.settings());
                    }
                    table.update(
                            caller,
                            id,
                            request.profiler() == null ? present.profiler() : request.profiler(),
                            request.name() == null ? present.name() : request.name(),
                            request.description() == null ? present.description() : request.description());
                    trail.record(caller, AuditedAction.of(PATCH), "output " + id + " of recipe " + present.recipeId());
                    return table.require(caller, id).changed();
                }));
    }

    private static void requireSame(Output present, OutputRequest request) {
        if (request.recipeId() != null && request.recipeId() != present.recipeId()) {
            throw ProblemException.invalid("flowNodeId", "cannot be changed: make another output object");
        }
        if (request.adhoc() != null && request.adhoc() != present.adhoc()) {
            throw ProblemException.invalid("isAdhoc", "cannot be changed: make another output object");
        }
    }

    /**
     * The recipe as a script of another language.
     *
     * @throws ProblemException 400 always: it has no steps; 404 if there is no such output
     */
    @Operation("wrangleToPython")
    public void wrangleToPython(Caller caller, long id, Unsupported request) {
        throw new ProblemException(
                Problem.RECIPES_NOT_SUPPORTED,
                "Recipe " + table.require(caller, id).recipeId()
                        + " has no steps that could be written in Python: a recipe changes nothing here");
    }

    /** Deletes what a recipe writes; results that were written stay. */
    @Operation(DELETE)
    public void delete(Caller caller, long id) {
        trail.attempt(caller, AuditedAction.of(DELETE), () -> {
            database.inTransaction(() -> {
                flows.touch(caller, table.require(caller, id).flowId());
                Output output = table.require(caller, id);
                table.delete(id);
                trail.record(caller, AuditedAction.of(DELETE), "output " + id + " of recipe " + output.recipeId());
            });
        });
    }
}
