package dev.wharf.credentials;

import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.settings.Secret;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A key pair and a role in the columns of a row. What is secret is encrypted here, on the way in, and nowhere else read.
 * Where the service assumes a role as itself, both parts of the pair are empty, and encrypted all the same.
 */
public final class CredentialColumns {
    private final Secrets secrets;

    public CredentialColumns(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * @param context what the secrets are tied to: in another row they do not decrypt
     * @param pair may be null
     * @param role may be null
     */
    public JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, String context, KeyPair pair, Role role) {
        KeyPair known = pair == null ? new KeyPair("", Secret.NONE) : pair;
        return statement
                .param("accessKeyId", secrets.encrypt(known.accessKeyId(), context))
                .param(
                        "secretAccessKey",
                        secrets.encrypt(known.secretAccessKey().value(), context))
                .param("roleArn", role == null ? null : role.arn())
                .param(
                        "externalId",
                        role == null ? null : secrets.encrypt(role.externalId().value(), context));
    }

    /** Null where the row has none. */
    public KeyPair pair(ResultSet row, String context) throws SQLException {
        String accessKeyId = decrypt(row, "access_key_id", context);
        return accessKeyId.isEmpty()
                ? null
                : new KeyPair(accessKeyId, new Secret(decrypt(row, "secret_access_key", context)));
    }

    /** Null where the row has none. */
    public Role role(ResultSet row, String context) throws SQLException {
        String arn = row.getString("role_arn");
        return arn == null ? null : new Role(arn, new Secret(decrypt(row, "external_id", context)));
    }

    private String decrypt(ResultSet row, String column, String context) throws SQLException {
        try {
            return secrets.decrypt(row.getString(column), context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key pair of " + context + " does not decrypt", e);
        }
    }
}
