package dev.wharf.uploads;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.StagedObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Uploads that may come in several requests. One request writes at a time: it has the claim, and every change names it, so
 * that one which was given up finds out.
 */
final class ResumableTable {
    /** After that a writer that shows no life is taken for dead, and another one let in. */
    static final Duration SILENCE = Duration.ofSeconds(20);

    private final Database database;
    private final Duration lifetime;
    private final Clock clock;

    /** @param lifetime of an upload, from the last byte */
    ResumableTable(Database database, Duration lifetime, Clock clock) {
        this.database = database;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    void insert(Caller caller, String uuid, String name, long size, StagedObject begun) {
        database.sql("uploads/begin-resumable")
                .param("uuid", uuid)
                .param("membership", caller.membershipId())
                .param("bucket", begun.bucket())
                .param("key", begun.key())
                .param("name", name)
                .param("size", size)
                .param("uploadId", begun.uploadId())
                .param("mark", begun.mark())
                .param("checksummed", begun.hasChecksums())
                .param("now", now())
                .param("expires", expires())
                .update();
    }

    Optional<ResumableUpload> find(Caller caller, String uuid) {
        return database.sql("uploads/find-resumable")
                .param("uuid", uuid)
                .param("membership", caller.membershipId())
                .query(ResumableTable::row)
                .optional();
    }

    boolean exists(String uuid) {
        return database.sql("uploads/has-resumable")
                        .param("uuid", uuid)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** @param crc32c empty where it was sent without */
    record Part(String etag, String crc32c) {}

    /** The parts that the store has. */
    List<Part> parts(String uuid) {
        return database.sql("uploads/resumable-parts")
                .param("uuid", uuid)
                .query((row, number) -> new Part(row.getString("etag"), row.getString("crc32c")))
                .list();
    }

    /** Lets one request write: its claim, or empty if another one does or there is nothing to be written. */
    Optional<String> claim(Caller caller, String uuid) {
        String claim = UUID.randomUUID().toString();
        int claimed = database.sql("uploads/claim-resumable")
                .param("uuid", uuid)
                .param("membership", caller.membershipId())
                .param("claim", claim)
                .param("now", now())
                .param("silent", Timestamp.from(clock.instant().minus(SILENCE)))
                .update();
        return claimed == 1 ? Optional.of(claim) : Optional.empty();
    }

    /** Shows that the writer lives. */
    void renew(String uuid, String claim) {
        require(claimed("uploads/renew-resumable", uuid, claim)
                .param("now", now())
                .param("expires", expires()));
    }

    /** Notes a further part. */
    void keep(String uuid, String claim, StagedObject staged) {
        int number = staged.parts().size();
        database.inTransaction(() -> {
            require(claimed("uploads/keep-resumable", uuid, claim)
                    .param("kept", staged.size())
                    .param("now", now())
                    .param("expires", expires()));
            database.sql("uploads/insert-resumable-part")
                    .param("uuid", uuid)
                    .param("number", number)
                    .param("etag", staged.parts().get(number - 1))
                    .param("crc32c", staged.checksum(number), Types.VARCHAR)
                    .update();
        });
    }

    /** The file is there: from now on it is an upload as any other. */
    void finish(String uuid, String claim) {
        database.inTransaction(() -> {
            require(claimed("uploads/finish-resumable", uuid, claim).param("now", now()));
            database.sql("uploads/insert-finished").param("uuid", uuid).update();
        });
    }

    void release(String uuid, String claim) {
        claimed("uploads/release-resumable", uuid, claim).update();
    }

    /** Whether it was still there. */
    boolean delete(String uuid) {
        return database.sql("uploads/delete-resumable").param("uuid", uuid).update() == 1;
    }

    /** Uploads with which nobody has gone on in time, and finished ones that nobody will ask for any more. */
    List<ResumableUpload> expired() {
        return database.sql("uploads/expired-resumables")
                .param("now", now())
                .query(ResumableTable::row)
                .list();
    }

    private JdbcClient.StatementSpec claimed(String statement, String uuid, String claim) {
        return database.sql(statement).param("uuid", uuid).param("claim", claim);
    }

    /** The writer may write no longer. */
    static final class ClaimLostException extends ProblemException {
        private ClaimLostException() {
            super(
                    Problem.CONFLICT,
                    "The upload was ended, or another request has taken it over as this one was silent for "
                            + SILENCE.toSeconds() + " s: ask how far it is (HEAD), and go on from there");
        }
    }

    private static void require(JdbcClient.StatementSpec change) {
        if (change.update() != 1) {
            throw new ClaimLostException();
        }
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private Timestamp expires() {
        return Timestamp.from(clock.instant().plus(lifetime));
    }

    private static ResumableUpload row(ResultSet row, int number) throws SQLException {
        return new ResumableUpload(
                row.getString("uuid"),
                row.getString("bucket"),
                row.getString("object_key"),
                row.getString("file_name"),
                row.getLong("byte_size"),
                row.getString("upload_id"),
                row.getString("mark"),
                row.getBoolean("checksummed"),
                row.getLong("kept_bytes"),
                row.getLong("byte_offset"),
                row.getString("claim") != null,
                row.getTimestamp("expires_at").toInstant(),
                row.getTimestamp("finished_at") != null);
    }
}
