package dev.wharf.connections;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.Ids;
import dev.wharf.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The kinds of connections that there are, of which a form can be drawn ({@code domain.md} §3.3): one. */
public final class ConnectorMetadata {
    private final JsonNode aws;

    public ConnectorMetadata() {
        try (var in = ConnectorMetadata.class.getResourceAsStream("/connections/aws.json")) {
            aws = Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws dev.wharf.kernel.ProblemException 404 for anything but {@code aws}
     */
    public JsonNode get(String connector) {
        if (!"aws".equals(connector)) {
            throw Ids.notFound("connector", connector);
        }
        return aws;
    }
}
