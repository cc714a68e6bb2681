package dev.wharf.connections;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wharf.credentials.Credential;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body that changes a connection. As a PATCH it is merged into what there is (RFC 7396: what is missing stays, null
 * removes); as a PUT it is the whole. Secrets that are missing or masked stay in both ({@code domain.md} §2.4).
 */
public final class ConnectionPatch implements RequestBody {
    /** Fields of which the record tells the values. */
    private static final Set<String> TOLD = Set.of("bucket", "params", "isGlobal", "credentialsShared");

    private static final List<String> FIXED = List.of("vendor", "vendorName", "type", "credentialType");

    private static final List<String> CHANGEABLE = List.of(
            "name",
            "description",
            "isGlobal",
            "credentialsShared",
            "disableTypeInference",
            "bucket",
            "params",
            "credentials");

    /** What only answers have, and clients send back with what they change. */
    private static final List<String> SHOWN = List.of(
            "id", "uuid", "hasCredentials", "policyTag", "createdAt", "updatedAt", "creator", "updater", "workspace");

    private final ObjectNode fields;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    ConnectionPatch(ObjectNode fields) {
        this.fields = fields;
    }

    /** Whether nothing but the caller's own key pair is given: that needs no right to change the connection. */
    boolean isCredentialsOnly() {
        return fields.size() == 1 && fields.has("credentials");
    }

    /**
     * @throws ProblemException 400 if nothing is given
     */
    void requireFields() {
        if (fields.isEmpty()) {
            throw withoutEffect();
        }
    }

    /** Whether one key pair is to be for all; so by default, and where the field is malformed, which is told later. */
    boolean sharesCredentials(Connection seen, boolean whole) {
        JsonNode asked = fields.get("credentialsShared");
        if (asked == null) {
            return whole || seen.credentialsShared();
        }
        return asked.asBoolean(true);
    }

    /** What is given, for the record: names, and the values of what decides where it leads and who may use it. */
    String summary() {
        return Stream.of(
                        "name",
                        "description",
                        "disableTypeInference",
                        "credentials",
                        "bucket",
                        "params",
                        "isGlobal",
                        "credentialsShared")
                .filter(fields::has)
                .map(name -> TOLD.contains(name) ? name + " " + fields.get(name) : name)
                .collect(Collectors.joining(", "));
    }

    /**
     * What the connection becomes, checked as a new one is.
     *
     * @param stored what is stored for whom the credentials are meant
     * @param whole whether what is missing goes back to its default
     * @throws ProblemException 400 if a field is malformed, or one that cannot be changed is, or if none of those that are
     *     given can be
     */
    ConnectionRequest applyTo(Connection connection, Optional<Credential> stored, boolean whole) {
        ObjectNode present = present(connection);
        FIXED.forEach(field -> requireUnchanged(field, present.get(field)));
        requireUnchanged("id", LongNode.valueOf(connection.id()));
        requireUnchanged("uuid", TextNode.valueOf(connection.uuid()));
        ObjectNode changed = whole ? fields.deepCopy() : merge(present, fields);
        FIXED.forEach(field -> changed.set(field, present.get(field)));
        stored.ifPresent(
                known -> StoredFields.of(connection.credentialType(), known).keepIn(changed));
        changed.remove(SHOWN);
        ConnectionRequest request = Json.body(changed, ConnectionRequest.class);
        if (!whole && !fields.isEmpty() && CHANGEABLE.stream().noneMatch(fields::has)) {
            throw withoutEffect();
        }
        return request;
    }

    private static ProblemException withoutEffect() {
        return new ProblemException(
                Problem.VALIDATION_FAILED,
                "The body names nothing that can be changed: send one or more of " + String.join(", ", CHANGEABLE)
                        + "; a key and its secret belong in credentials[0]");
    }

    private void requireUnchanged(String field, JsonNode present) {
        JsonNode asked = fields.get(field);
        if (asked != null && !asked.asText().equals(present.asText())) {
            throw ProblemException.invalid(field, "cannot be changed: delete the connection and register another one");
        }
    }

    private static ObjectNode present(Connection connection) {
        ObjectNode node = Json.object();
        node.put("vendor", "aws").put("vendorName", "aws").put("type", "remotefile");
        node.put("credentialType", connection.credentialType());
        node.put("name", connection.name()).put("description", connection.description());
        node.put("isGlobal", connection.isGlobal()).put("credentialsShared", connection.credentialsShared());
        node.put("disableTypeInference", connection.disableTypeInference());
        node.put("bucket", connection.bucket());
        node.set("params", Json.tree(connection.params()));
        return node;
    }

    private static ObjectNode merge(ObjectNode present, ObjectNode patch) {
        ObjectNode merged = present.deepCopy();
        patch.properties().forEach(field -> {
            JsonNode old = merged.get(field.getKey());
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode nested && old instanceof ObjectNode known) {
                merged.set(field.getKey(), merge(known, nested));
            } else {
                merged.set(field.getKey(), field.getValue().deepCopy());
            }
        });
        return merged;
    }

    /** Never what it holds, which may be a secret. */
    @Override
    public String toString() {
        return "ConnectionPatch";
    }
}
