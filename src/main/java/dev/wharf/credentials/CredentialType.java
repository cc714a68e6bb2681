package dev.wharf.credentials;

import dev.wharf.kernel.problem.ProblemException;

/** The kinds of credential ({@code domain.md} §3.3), and how each calls its fields. */
public enum CredentialType {
    KEY_SECRET("keySecret", "key", "secret"),
    /** The same under the names of other connectors. */
    AWS_KEY_SECRET("awsKeySecret", "awsAccessKey", "awsSecretKey"),
    /** A role, with the key pair that assumes it, if this service is not to do so as itself. */
    IAM_ROLE_ARN("iamRoleArn", "key", "secret");

    private final String value;
    private final String keyField;
    private final String secretField;

    CredentialType(String value, String keyField, String secretField) {
        this.value = value;
        this.keyField = keyField;
        this.secretField = secretField;
    }

    /**
     * @throws ProblemException 400 for another one
     */
    public static CredentialType of(String value) {
        for (CredentialType type : values()) {
            if (type.value.equals(value)) {
                return type;
            }
        }
        throw ProblemException.invalid("credentialType", "must be \"keySecret\" or \"iamRoleArn\"");
    }

    /** As the API calls it. */
    public String value() {
        return value;
    }

    /** The access key id's. */
    public String keyField() {
        return keyField;
    }

    public String secretField() {
        return secretField;
    }
}
