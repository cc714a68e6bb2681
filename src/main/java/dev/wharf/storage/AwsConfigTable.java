package dev.wharf.storage;

import dev.wharf.credentials.CredentialColumns;
import dev.wharf.credentials.KeyPair;
import dev.wharf.credentials.Role;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of what base storage is used with. */
public final class AwsConfigTable {
    private final Database database;
    private final CredentialColumns columns;

    public AwsConfigTable(Database database, Secrets secrets) {
        this.database = database;
        this.columns = new CredentialColumns(secrets);
    }

    /** What a row is to hold. */
    record Content(KeyPair pair, Role role, String defaultBucket, List<String> extraBuckets) {}

    long insert(long workspaceId, Long personId, Content content, long updaterId, Instant now) {
        String uuid = UUID.randomUUID().toString();
        String holder = AwsConfig.holder(workspaceId, personId);
        return database.insert(content("storage/insert-aws-config", uuid, holder, content, updaterId, now)
                .param("uuid", uuid)
                .param("workspace", workspaceId)
                .param("person", personId)
                .param("holder", holder));
    }

    /**
     * @param believed when it must have been changed last; null for any time
     * @throws ProblemException 412 if it was changed since
     */
    void update(AwsConfig seen, Content content, long updaterId, Instant now, Timestamp believed) {
        int updated = content("storage/update-aws-config", seen.uuid(), seen.holder(), content, updaterId, now)
                .param("id", seen.id())
                .param("believed", believed, Types.TIMESTAMP)
                .update();
        if (updated == 0 && believed != null) {
            throw IfMatch.changed();
        }
    }

    private JdbcClient.StatementSpec content(
            String statement, String uuid, String holder, Content content, long updaterId, Instant now) {
        String context = AwsConfig.context(uuid, holder);
        return columns.bind(database.sql(statement), context, content.pair(), content.role())
                .param("defaultBucket", content.defaultBucket())
                .param("extraBuckets", Json.write(content.extraBuckets()))
                .param("updater", updaterId)
                .param("now", Timestamp.from(now));
    }

    /** Lets what there is not change before the transaction ends. */
    void keep(String holder) {
        database.sql("storage/keep-aws-config").param("holder", holder).update();
    }

    void delete(AwsConfig config) {
        database.sql("storage/delete-aws-config").param("id", config.id()).update();
    }

    /**
     * @throws ProblemException 404 if it is neither the caller's own nor, for an administrator, one of the workspace
     */
    AwsConfig require(Caller caller, long id) {
        return find(caller.workspaceId(), id)
                .filter(config -> caller.isWorkspaceAdmin()
                        || config.personId() != null && config.personId() == caller.personId())
                .orElseThrow(() -> Ids.notFound("awsConfig", id));
    }

    Optional<AwsConfig> find(long workspaceId, long id) {
        return database.sql("storage/find-aws-config")
                .param("id", id)
                .param("workspace", workspaceId)
                .query(this::row)
                .optional();
    }

    /** @param personId null for the workspace's */
    Optional<AwsConfig> of(long workspaceId, Long personId) {
        return database.sql("storage/aws-config-of")
                .param("holder", AwsConfig.holder(workspaceId, personId))
                .query(this::row)
                .optional();
    }

    List<AwsConfig> list(long workspaceId, int limit, int offset) {
        return database.sql("storage/aws-configs")
                .param("workspace", workspaceId)
                .param("limit", limit)
                .param("offset", offset)
                .query(this::row)
                .list();
    }

    long count(long workspaceId) {
        return database.sql("storage/count-aws-configs")
                .param("workspace", workspaceId)
                .query(Long.class)
                .single();
    }

    /** Those that name a bucket, of any workspace. */
    List<AwsConfig> naming(String bucket) {
        return database.sql("storage/aws-configs-naming")
                .param("bucket", bucket)
                .param("part", Json.write(bucket))
                .query(this::row)
                .list();
    }

    /**
     * Buckets of base storage in which imported datasets lie.
     *
     * @param ownerId of one person; null for all of the workspace
     */
    List<String> usedBuckets(long workspaceId, Long ownerId) {
        return database.sql("storage/base-buckets")
                .param("workspace", workspaceId)
                .param("owner", ownerId == null ? -1 : ownerId)
                .query(String.class)
                .list();
    }

    private AwsConfig row(ResultSet row, int number) throws SQLException {
        String uuid = row.getString("uuid");
        String context = AwsConfig.context(uuid, row.getString("holder"));
        long person = row.getLong("person_id");
        return new AwsConfig(
                row.getLong("id"),
                uuid,
                row.getLong("workspace_id"),
                person == 0 ? null : person,
                columns.pair(row, context),
                columns.role(row, context),
                row.getString("default_bucket"),
                List.of(Json.read(row.getString("extra_buckets"), String[].class)),
                row.getLong("updater_id"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
