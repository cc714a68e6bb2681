package dev.wharf.connections;

import dev.wharf.credentials.CredentialType;
import dev.wharf.credentials.Role;
import java.util.HashMap;
import java.util.Map;

/** The fields that a credential may be sent with, of all {@link CredentialType}s ({@code domain.md} §3.3). */
record CredentialFields(
        String key,
        String secret,
        String awsAccessKey,
        String awsSecretKey,
        String iamRoleArn,
        String externalId,
        String serverSideEncryption,
        String serverSideKmsKeyId) {

    /** Those that are given, by their names. */
    Map<String, String> given() {
        Map<String, String> given = new HashMap<>();
        given.put("key", key);
        given.put("secret", secret);
        given.put("awsAccessKey", awsAccessKey);
        given.put("awsSecretKey", awsSecretKey);
        given.put(Role.ARN_FIELD, iamRoleArn);
        given.put(Role.EXTERNAL_ID_FIELD, externalId);
        given.put("serverSideEncryption", serverSideEncryption);
        given.put("serverSideKmsKeyId", serverSideKmsKeyId);
        given.values().removeIf(value -> value == null);
        return given;
    }

    /** Never a secret. */
    @Override
    public String toString() {
        return "CredentialFields";
    }
}
