package dev.wharf.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.connections.ConnectorOverrideRequest.Parameter;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;

/** What administrators let their workspace's forms show of a kind of connection in place of what there is. */
final class ConnectorOverrides {
    private static final int MAX_DEFAULT = 1024;

    private final Database database;
    private final AuditTrail trail;
    private final Clock clock;

    ConnectorOverrides(Database database, AuditTrail trail, Clock clock) {
        this.database = database;
        this.trail = trail;
        this.clock = clock;
    }

    /** Those of the caller's workspace; empty for none. */
    JsonNode of(Caller caller, String connector) {
        return find(caller, connector)
                .map(kept -> (JsonNode) Json.tree(kept))
                .orElseGet(Json.mapper()::createObjectNode);
    }

    private Optional<ConnectorOverrideRequest> find(Caller caller, String connector) {
        return database.sql("connections/find-override")
                .param("workspace", caller.workspaceId())
                .param("connector", connector)
                .query(String.class)
                .optional()
                .map(kept -> Json.read(kept, ConnectorOverrideRequest.class));
    }

    /**
     * Sets them, in the place of all that were set before.
     *
     * @param defaults the metadata without them
     * @throws ProblemException 403 for anybody but an administrator; 400 naming a parameter that there is not, or a default
     *     that it cannot have
     */
    void set(Caller caller, String connector, JsonNode defaults, ConnectorOverrideRequest overrides) {
        var action = AuditedAction.of("createConnectorOverrides");
        trail.attempt(caller, action, () -> {
            caller.requireWorkspaceAdmin("override what forms show of connections");
            overrides.connectionMetadata().connectionParameters().forEach(parameter -> check(defaults, parameter));
            database.inTransaction(() -> {
                if (write("connections/update-override", caller, connector, overrides) == 0) {
                    write("connections/insert-override", caller, connector, overrides);
                }
                trail.record(caller, action, connector);
            });
        });
    }

    private int write(String statement, Caller caller, String connector, ConnectorOverrideRequest overrides) {
        return database.sql(statement)
                .param("workspace", caller.workspaceId())
                .param("connector", connector)
                .param("document", Json.write(overrides))
                .param("updater", caller.personId())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Takes them away; none may be there. */
    void delete(Caller caller, String connector) {
        var action = AuditedAction.of("deleteConnectorOverrides");
        trail.attempt(caller, action, () -> {
            caller.requireWorkspaceAdmin("override what forms show of connections");
            database.inTransaction(() -> {
                database.sql("connections/delete-override")
                        .param("workspace", caller.workspaceId())
                        .param("connector", connector)
                        .update();
                trail.record(caller, action, connector);
            });
        });
    }

    private static void check(JsonNode defaults, Parameter parameter) {
        ObjectNode known = parameter(defaults, parameter.name())
                .orElseThrow(() -> ProblemException.invalid(
                        "connectionMetadata.connectionParameters",
                        "names " + parameter.name() + ", which is no parameter of this connector"));
        JsonNode value = parameter.value();
        if (value == null) {
            return;
        }
        String type = known.path("type").asText();
        String rule =
                switch (type) {
                    case "boolean" -> value.isBoolean() ? null : "must be true or false";
                    case "enum" ->
                        hasElement(known.path("values"), value) ? null : "must be one of " + known.path("values");
                    case "secret" -> "must not be set: a secret has no default";
                    default ->
                        value.isTextual() && value.textValue().length() <= MAX_DEFAULT
                                ? null
                                : "must be a text of at most " + MAX_DEFAULT + " characters";
                };
        if (rule != null) {
            throw ProblemException.invalid("default of " + parameter.name(), rule);
        }
        if (value.isTextual()) {
            Text.name("default of " + parameter.name(), value.textValue(), MAX_DEFAULT);
        }
    }

    private static boolean hasElement(JsonNode values, JsonNode value) {
        for (JsonNode known : values) {
            if (known.equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** The metadata as the caller's workspace shows it. A parameter that a limit has taken away since is left out. */
    JsonNode applied(Caller caller, String connector, JsonNode defaults) {
        return find(caller, connector)
                .map(overrides -> applied(overrides, defaults))
                .orElse(defaults);
    }

    private static JsonNode applied(ConnectorOverrideRequest overrides, JsonNode defaults) {
        JsonNode shown = defaults.deepCopy();
        var metadata = (ObjectNode) shown.path("connectionMetadata");
        put(metadata, "displayName", overrides.connectionMetadata().displayName());
        overrides.connectionMetadata().connectionParameters().forEach(override -> parameter(shown, override.name())
                .ifPresent(parameter -> {
                    put(parameter, "displayName", override.displayName());
                    put(parameter, "description", override.description());
                    if (override.value() != null) {
                        parameter.set("default", override.value());
                    }
                }));
        return shown;
    }

    private static void put(ObjectNode target, String field, String value) {
        if (value != null) {
            target.put(field, value);
        }
    }

    private static Optional<ObjectNode> parameter(JsonNode metadata, String name) {
        for (JsonNode parameter : (ArrayNode) metadata.at("/connectionMetadata/connectionParameters")) {
            if (parameter.path("name").asText().equals(name)) {
                return Optional.of((ObjectNode) parameter);
            }
        }
        return Optional.empty();
    }
}
