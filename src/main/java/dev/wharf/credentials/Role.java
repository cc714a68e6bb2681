package dev.wharf.credentials;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.store.Credentials;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An IAM role that is assumed to use a connection.
 *
 * @param externalId what its trust policy wants to be told, empty for nothing; no secret to AWS, and kept like one here,
 *     as whoever knows it could register the role for themselves
 */
public record Role(String arn, Secret externalId) {
    public static final String ARN_FIELD = "iamRoleArn";
    public static final String EXTERNAL_ID_FIELD = "externalId";

    // AWS IAM, "IAM identifiers" and "IAM and AWS STS quotas": a path of at most 512 characters, a name of at most 64.
    // Stores
    // with an STS of their own name a tenant in the account's place, or nothing (Ceph, "STS in Ceph").
    private static final Pattern ARN = Pattern.compile(
            "arn:aws[a-z-]*:iam::(\\d{12}|[A-Za-z_][\\w$.-]{0,127})?:role/([\\x21-\\x7e]{0,510}/)?[\\w+=,.@-]{1,64}");

    private static final Pattern ACCOUNT = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:.*");
    // AWS STS, AssumeRole.
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

    public static Role of(Map<String, String> credential) {
        return of(
                "credentials[0]." + ARN_FIELD,
                credential.get(ARN_FIELD),
                "credentials[0]." + EXTERNAL_ID_FIELD,
                credential.get(EXTERNAL_ID_FIELD));
    }

    /** From fields of these names; the external id may be null. */
    public static Role of(String arnField, String arn, String externalIdField, String externalId) {
        if (arn == null || !ARN.matcher(arn).matches()) {
            throw noArn(arnField);
        }
        if (externalId != null
                && !externalId.isEmpty()
                && !EXTERNAL_ID.matcher(externalId).matches()) {
            throw ProblemException.invalid(
                    externalIdField, "must have 2 to 1224 letters, digits and characters of _+=,.@:/-");
        }
        return new Role(arn, externalId == null ? Secret.NONE : new Secret(externalId));
    }

    /**
     * Whether AWS can know it.
     *
     * @param arnField where it comes from
     * @throws ProblemException 400 naming that, if not
     */
    public void requireOfAws(String arnField) {
        if (!ACCOUNT.matcher(arn).matches()) {
            throw noArn(arnField);
        }
    }

    private static ProblemException noArn(String field) {
        return ProblemException.invalid(
                field,
                "must be a role's ARN: arn:aws:iam::<account of 12 digits>:role/<name>; only a store that is not AWS has roles"
                        + " without an account: arn:aws:iam:::role/<name>");
    }

    /**
     * @param sessionName how its sessions are called in the audit of its account
     * @param by who assumes it
     */
    public Credentials credentials(String sessionName, Credentials by) {
        return new Credentials.Role(arn, externalId.isEmpty() ? null : externalId.value(), sessionName, by);
    }
}
