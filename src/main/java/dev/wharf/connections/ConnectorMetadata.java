package dev.wharf.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wharf.credentials.CredentialType;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The kinds of connections that there are, of which a form can be drawn ({@code domain.md} §3.3): one. */
public final class ConnectorMetadata {
    private final JsonNode aws;

    /** What a limit keeps from being used is left out. */
    public ConnectorMetadata(Settings.Limits limits) {
        aws = resource("aws");
        if (limits.iamRoles()) {
            ((ArrayNode) aws.at("/connectionMetadata/credentialTypes")).add(CredentialType.IAM_ROLE_ARN.value());
            resource("iam-roles").forEach(this::put);
        }
        if (limits.customCa()) {
            resource("custom-ca").forEach(this::put);
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
     * @throws dev.wharf.kernel.problem.ProblemException 404 for anything but {@code aws}
     */
    @Operation("getConnectorMetadata")
    public JsonNode get(String connector) {
        if (!"aws".equals(connector)) {
            throw Ids.notFound("connector", connector);
        }
        return aws;
    }
}
