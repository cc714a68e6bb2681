package dev.wharf.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.credentials.Credential;
import dev.wharf.credentials.CredentialType;
import dev.wharf.credentials.Mask;
import dev.wharf.credentials.Role;
import dev.wharf.kernel.problem.ProblemException;

/**
 * Completes the credential of a change with what is stored: what is missing or masked stays ({@code domain.md} §2.4).
 * What belongs together is changed together, so that nobody sends a stored secret to where they choose.
 */
record StoredFields(CredentialType type, Credential stored) {
    static StoredFields of(String credentialType, Credential stored) {
        return new StoredFields(CredentialType.of(credentialType), stored);
    }

    /** @param connection the body that a connection is to become */
    void keepIn(ObjectNode connection) {
        if (connection.get("credentials") instanceof ArrayNode credentials
                && credentials.size() == 1
                && credentials.get(0) instanceof ObjectNode credential) {
            keepRole(credential);
            keepPair(credential);
            keepEncryption(credential);
        }
    }

    private void keepRole(ObjectNode credential) {
        if (stored.role() == null) {
            return;
        }
        JsonNode arn = credential.get(Role.ARN_FIELD);
        boolean other = !isMasked(arn) && !arn.asText().equals(stored.role().arn());
        if (isMasked(arn)) {
            credential.put(Role.ARN_FIELD, stored.role().arn());
        }
        JsonNode externalId = credential.get(Role.EXTERNAL_ID_FIELD);
        if (isNull(externalId)) {
            return;
        }
        if (isMasked(externalId) && !stored.role().externalId().isEmpty()) {
            require(!other, Role.EXTERNAL_ID_FIELD, "is missing: another role has another one, or null for none");
            credential.put(Role.EXTERNAL_ID_FIELD, stored.role().externalId().value());
        }
    }

    private void keepPair(ObjectNode credential) {
        JsonNode key = credential.get(type.keyField());
        JsonNode secret = credential.get(type.secretField());
        boolean removed = stored.role() != null && isNull(key) && isNull(secret);
        if (stored.pair() == null || removed) {
            return;
        }
        if (isMasked(secret)) {
            require(
                    isMasked(key) || key.asText().equals(stored.pair().accessKeyId()),
                    type.secretField(),
                    "is missing: another key has another secret, so send both");
            credential.put(type.secretField(), stored.pair().secretAccessKey().value());
        }
        if (isMasked(key)) {
            credential.put(type.keyField(), stored.pair().accessKeyId());
        }
    }

    private void keepEncryption(ObjectNode credential) {
        if (!credential.has("serverSideEncryption")) {
            credential.put("serverSideEncryption", stored.encryption().value());
            if (!credential.has("serverSideKmsKeyId")) {
                credential.put("serverSideKmsKeyId", stored.kmsKeyId());
            }
        }
    }

    private static void require(boolean holds, String field, String otherwise) {
        if (!holds) {
            throw ProblemException.invalid("credentials[0]." + field, otherwise);
        }
    }

    private static boolean isNull(JsonNode value) {
        return value != null && value.isNull();
    }

    private static boolean isMasked(JsonNode value) {
        return value == null || value.isNull() || value.isTextual() && Mask.hides(value.asText());
    }
}
