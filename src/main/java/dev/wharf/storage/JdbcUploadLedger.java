package dev.wharf.storage;

import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.sql.SharedTransactions;
import dev.wharf.kernel.sql.Sql;
import dev.wharf.store.UploadLedger;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/**
 * The ledger in table {@code multipart_upload}. An upload is an orphan when the process that began it has ended, which
 * another start of the same node proves, or when it is a day old; and one whose id was lost after an hour, once no other
 * upload of its key is known, as all of a key's are aborted then. Unless a job that is still to be finished or rolled
 * back ({@code result_file} in state {@code pending} or {@code staged}) has staged it, or somebody may go on with it
 * ({@code resumable_upload}).
 */
public final class JdbcUploadLedger implements UploadLedger {
    /** No upload of a live process takes longer; the processes of nodes that are gone for ever are found by it. */
    private static final Duration OLD = Duration.ofHours(24);

    /** After that no request to begin an upload is under way any more: what has no id by then, its answer was lost. */
    private static final Duration LOST = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final SharedTransactions transactions;
    private final ProcessId process;
    private final Clock clock;

    /**
     * @param processId {@code <node>:<boot>}: the node's lasting name, and what no other start of it has
     * @throws IllegalArgumentException if it is not of that form, or longer than 64 characters
     */
    public JdbcUploadLedger(DataSource database, SharedTransactions transactions, String processId, Clock clock) {
        this.jdbc = JdbcClient.create(database);
        this.transactions = transactions;
        this.process = ProcessId.of(processId);
        this.clock = clock;
    }

    @Override
    public long begin(Long connectionId, String bucket, String key) {
        var entry = jdbc.sql(Sql.of("storage/begin-upload"))
                .param("connectionId", connectionId, Types.BIGINT)
                .param("bucket", bucket)
                .param("key", key)
                .param("processId", process.toString())
                .param("now", now());
        return transactions.write(() -> {
            var id = new GeneratedKeyHolder();
            entry.update(id, "id");
            return id.getKeyAs(Number.class).longValue();
        });
    }

    @Override
    public void begun(long entry, String uploadId) {
        transactions.writeSoon(jdbc.sql(Sql.of("storage/upload-begun"))
                .param("uploadId", uploadId)
                .param("id", entry)::update);
    }

    @Override
    public void ended(String bucket, String key, String uploadId) {
        transactions.writeSoon(jdbc.sql(Sql.of("storage/upload-ended"))
                .param("bucket", bucket)
                .param("key", key)
                .param("uploadId", uploadId)::update);
    }

    @Override
    public void ended(long entry) {
        transactions.writeSoon(jdbc.sql(Sql.of("storage/upload-never-begun")).param("id", entry)::update);
    }

    @Override
    public List<Entry> orphans() {
        return jdbc.sql(Sql.of("storage/orphaned-uploads"))
                .param("node", process.ofThisNode())
                .param("processId", process.toString())
                .param("old", now().minus(OLD))
                .param("lost", now().minus(LOST))
                .query((row, number) -> new Entry(
                        row.getLong("id"),
                        row.getObject("connection_id", Long.class),
                        row.getString("bucket"),
                        row.getString("object_key"),
                        row.getString("upload_id")))
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
