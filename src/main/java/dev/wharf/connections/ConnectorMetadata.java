package dev.wharf.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.credentials.CredentialType;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The kinds of connections that there are, of which a form can be drawn ({@code domain.md} §3.3): one. */
public final class ConnectorMetadata {
    private static final String AWS = "aws";

    private final JsonNode aws;
    private final JsonNode importInfo = resource("import-info");
    private final ConnectionTable table;
    private final ConnectorOverrides overrides;

    /** What a limit keeps from being used is left out. */
    public ConnectorMetadata(
            Settings.Limits limits, Database database, ConnectionTable table, AuditTrail trail, Clock clock) {
        this.table = table;
        this.overrides = new ConnectorOverrides(database, trail, clock);
        aws = resource(AWS);
        if (limits.iamRoles()) {
            ((ArrayNode) aws.at("/connectionMetadata/credentialTypes")).add(CredentialType.IAM_ROLE_ARN.value());
            resource("iam-roles").forEach(this::put);
        }
        if (limits.customCa()) {
            resource("custom-ca").forEach(this::put);
        }
        var compressions = ((ObjectNode) aws.at("/publishMetadata/publishInfo")).putObject("compressions");
        for (ResultFormat format : ResultFormat.values()) {
            format.compressions(limits.compression()).forEach(compressions.putArray(format.extension())::add);
        }
    }

    private static JsonNode resource(String name) {
        try (var in = ConnectorMetadata.class.getResourceAsStream("/connections/" + name + ".json")) {
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A parameter in the place of the one of its name, or behind all. */
    private void put(JsonNode parameter) {
        var known = (ArrayNode) aws.at("/connectionMetadata/connectionParameters");
        for (int index = 0; index < known.size(); index++) {
            if (known.get(index).path("name").equals(parameter.path("name"))) {
                known.set(index, parameter);
                return;
            }
        }
        known.add(parameter);
    }

    /**
     * The kind as the caller's workspace shows it.
     *
     * @throws ProblemException 404 for anything but {@code aws}
     */
    @Operation("getConnectorMetadata")
    public JsonNode get(Caller caller, String connector) {
        require(connector);
        return overrides.applied(caller, connector, aws);
    }

    /** The same without what the workspace has overridden. */
    @Operation("getConnectorDefaults")
    public JsonNode defaults(String connector) {
        require(connector);
        return aws;
    }

    /** What the workspace has overridden, as it was set; empty for nothing. */
    @Operation("getConnectorOverrides")
    public JsonNode overrides(Caller caller, String connector) {
        require(connector);
        return overrides.of(caller, connector);
    }

    /**
     * Sets what the workspace shows in place of what there is, in the place of all that was set before.
     *
     * @throws ProblemException 403 for anybody but an administrator; 400 naming what is wrong
     */
    @Operation("createConnectorOverrides")
    public JsonNode override(Caller caller, String connector, ConnectorOverrideRequest request) {
        require(connector);
        overrides.set(caller, connector, aws, request);
        return overrides.of(caller, connector);
    }

    /**
     * Shows again what there is.
     *
     * @throws ProblemException 403 for anybody but an administrator
     */
    @Operation("deleteConnectorOverrides")
    public void restore(Caller caller, String connector) {
        require(connector);
        overrides.delete(caller, connector);
    }

    /** What can be published to such a connection. */
    @Operation("getConnectorPublishInfo")
    public JsonNode publishInfo(String connector) {
        require(connector);
        return aws.at("/publishMetadata/publishInfo");
    }

    /** What can be imported from such a connection. */
    @Operation("getConnectorImportInfo")
    public JsonNode importInfo(String connector) {
        require(connector);
        return importInfo;
    }

    /** The same of a connection that the caller may see, as older clients ask for it. */
    @Operation("getConnectionPublishInfo")
    public JsonNode publishInfo(Caller caller, long id) {
        table.require(caller, id);
        return publishInfo(AWS);
    }

    /** The same. */
    @Operation("getConnectionImportInfo")
    public JsonNode importInfo(Caller caller, long id) {
        table.require(caller, id);
        return importInfo;
    }

    /** The kinds that there are, as older clients ask for them. */
    @Operation("listVendors")
    public Map<String, List<JsonNode>> vendors(Caller caller) {
        return Map.of("data", List.of(get(caller, AWS).path("connectionMetadata")));
    }

    /** By what connections reach their stores, as older clients ask for it. */
    @Operation("listCredentialTypes")
    public Map<String, List<JsonNode>> credentialTypes() {
        Set<JsonNode> usable =
                elements(aws.at("/connectionMetadata/credentialTypes")).collect(Collectors.toSet());
        return Map.of(
                "data",
                elements(resource("credential-types"))
                        .filter(type -> usable.contains(type.path("name")))
                        .toList());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static void require(String connector) {
        if (!AWS.equals(connector)) {
            throw Ids.notFound("connector", connector);
        }
    }
}
