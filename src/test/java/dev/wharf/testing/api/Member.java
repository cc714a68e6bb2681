package dev.wharf.testing.api;

import dev.wharf.kernel.settings.DataFolder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A person in the first workspace, without roles, written straight into the registry.
 *
 * @param membershipId the person-workspace id
 * @param token an access token of theirs
 */
public record Member(long membershipId, long personId, String token) {

    /** Of a service of one's own. */
    public static Member join(DataFolder folder) {
        String url = "jdbc:hsqldb:file:" + folder.resolve("registry");
        String token = "test_" + UUID.randomUUID();
        try (Connection registry = DriverManager.getConnection(url, "sa", "")) {
            long person = insert(
                    registry,
                    "INSERT INTO person (uuid, email, name, created_at) VALUES (?, ?, 'Member', CURRENT_TIMESTAMP)",
                    UUID.randomUUID().toString(),
                    UUID.randomUUID() + "@example.com");
            long membership = insert(
                    registry,
                    "INSERT INTO membership (workspace_id, person_id, created_at) VALUES (1, ?, CURRENT_TIMESTAMP)",
                    person);
            try (PreparedStatement statement =
                    registry.prepareStatement("INSERT INTO access_token (id, membership_id, token_hash, created_at)"
                            + " VALUES (?, ?, ?, CURRENT_TIMESTAMP)")) {
                statement.setString(1, UUID.randomUUID().toString());
                statement.setLong(2, membership);
                statement.setString(3, hash(token));
                statement.executeUpdate();
            }
            return new Member(membership, person, token);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long insert(Connection registry, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = registry.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
            try (var keys = statement.getGeneratedKeys()) {
                return keys.next() ? keys.getLong(1) : 0;
            }
        }
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
