package dev.wharf.parameters.environment;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.Associations;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.parameters.environment.EnvironmentParameterTable.Uses;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Variables of a whole workspace ({@code domain.md} §3.6, §6), which may stand in the paths of what is read and of where results
 * go: everybody sees and uses them, administrators say what they are.
 */
public final class EnvironmentParameters {
    private static final String CREATE = "createEnvironmentParameter";
    private static final String PATCH = "patchEnvironmentParameter";
    private static final String DELETE = "deleteEnvironmentParameter";
    private static final String CHANGE = "change environment parameters";
    private static final Map<String, String> FILTERED = Map.of("overrideKey", "override_key");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "overrideKey", "override_key", "createdAt", "created_at", "updatedAt", "updated_at");

    private final Database database;
    private final EnvironmentParameterTable table;
    private final Executions executions;
    private final AuditTrail trail;

    public EnvironmentParameters(Database database, Executions executions, AuditTrail trail, Clock clock) {
        this.database = database;
        this.table = new EnvironmentParameterTable(database, clock);
        this.executions = executions;
        this.trail = trail;
    }

    /**
     * Makes a parameter.
     *
     * @param executionId {@code x-execution-id}, or null
     * @throws ProblemException 403 for anybody but administrators; 409 if there is one of that name
     */
    @Operation(CREATE)
    public Map<String, Object> create(Caller caller, EnvironmentParameterRequest request, String executionId) {
        requireAdministrator(caller, CREATE);
        request.requireWhole();
        try {
            return executions.once(caller.workspaceId(), caller.personId(), executionId, CREATE + " " + request, () -> {
                long id = table.insert(caller, request.name(), request.value());
                record(caller, CREATE, id, request.name());
                return table.require(caller, id).view();
            });
        } catch (DataIntegrityViolationException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new ProblemException(
                        Problem.CONFLICT,
                        "There is an environment parameter " + request.name() + " already: change its value (PATCH)");
            }
            throw e;
        }
    }

    private void requireAdministrator(Caller caller, String operation) {
        trail.attempt(caller, AuditedAction.of(operation), () -> caller.requireWorkspaceAdmin(CHANGE));
    }

    private void record(Caller caller, String operation, long id, String name) {
        trail.record(caller, AuditedAction.of(operation), "environment parameter " + id + " " + name);
    }

    /**
     * Oldest first, where the query does not say otherwise.
     *
     * @param query those of lists; {@code embed}
     * @throws ProblemException 400 if the query is malformed
     */
    @Operation("listEnvironmentParameters")
    public Page<Map<String, Object>> list(Caller caller, Query query) {
        Embedded.of(query, Associations.with());
        var listed = ListQuery.of(query, "overrideKey", FILTERED, SORTED);
        return Page.of(
                query,
                (limit, offset) -> table.list(caller, listed, limit, offset).stream()
                        .map(EnvironmentParameter::view)
                        .toList(),
                () -> table.count(caller, listed));
    }

    /** How many rows {@link #list} has in all. */
    @Operation("countEnvironmentParameters")
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", table.count(caller, ListQuery.of(query, "overrideKey", FILTERED, SORTED)));
    }

    /**
     * One parameter, with how much names it.
     *
     * @throws ProblemException 404 if the workspace has none of that id
     */
    @Operation("getEnvironmentParameter")
    public Map<String, Object> get(Caller caller, long id, Query query) {
        Embedded.of(query, Associations.with());
        EnvironmentParameter parameter = table.require(caller, id);
        Map<String, Object> view = parameter.view();
        Map<String, Long> uses = new LinkedHashMap<>();
        table.uses(parameter).forEach(use -> uses.put(use.by(), use.count()));
        view.put("usageInfo", uses);
        return view;
    }

    /**
     * Gives a parameter another value, for all that begins from now on.
     *
     * @throws ProblemException 403 for anybody but administrators; 404 if the workspace has none of that id; 400 for another name;
     *     412 if it is no longer the version that {@code If-Match} names
     */
    @Operation({PATCH, "updateEnvironmentParameter"})
    public Changed patch(Caller caller, long id, EnvironmentParameterRequest request, IfMatch believed) {
        requireAdministrator(caller, PATCH);
        return database.inTransaction(() -> {
            EnvironmentParameter present = table.require(caller, id);
            if (request.name() != null && !request.name().equals(present.name())) {
                throw ProblemException.invalid(
                        "overrideKey", "cannot be changed: paths name the parameter by it. Make another one");
            }
            if (request.value() == null) {
                throw ProblemException.invalid("value", "is missing: it is what can be changed");
            }
            table.update(caller, id, request.value(), believed.require(present.updatedAt()));
            record(caller, PATCH, id, present.name());
            return table.require(caller, id).changed();
        });
    }

    /**
     * Deletes a parameter that nothing names.
     *
     * @throws ProblemException 403 for anybody but administrators; 404 if the workspace has none of that id; 409 naming what would
     *     lead nowhere without it
     */
    @Operation(DELETE)
    public void delete(Caller caller, long id) {
        requireAdministrator(caller, DELETE);
        database.inTransaction(() -> {
            EnvironmentParameter present = table.require(caller, id);
            List<Uses> uses =
                    table.uses(present).stream().filter(use -> use.count() > 0).toList();
            if (!uses.isEmpty()) {
                throw new ProblemException(
                        Problem.CONFLICT,
                        "The environment parameter " + present.name() + " is used by "
                                + uses.stream()
                                        .map(use ->
                                                use.count() + " " + use.by() + " (the first is " + use.first() + ")")
                                        .collect(Collectors.joining(", "))
                                + ", which would lead nowhere without it: give them other paths first");
            }
            table.delete(id);
            record(caller, DELETE, id, present.name());
        });
    }
}
