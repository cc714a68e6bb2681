package dev.wharf.imports;

import dev.wharf.identity.Caller;
import dev.wharf.identity.VisibleRows;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Imports that go on while nobody waits for them: how far each is, and what came of it. */
public final class ImportTasks {
    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final String DIED = "The service ended before the import did; begin it again";
    private static final Map<String, String> FILTERED = Map.of("name", "name", "uri", "source", "status", "status");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "name", "name", "createdAt", "created_at", "updatedAt", "updated_at");

    private final Database database;
    private final Executions executions;
    private final AuditTrail trail;
    private final Clock clock;

    public ImportTasks(Database database, Executions executions, AuditTrail trail, Clock clock) {
        this.database = database;
        this.executions = executions;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Notes an import that goes on by itself from here.
     *
     * @param answer is told where to look
     * @param executionId {@code x-execution-id}, or null
     * @throws Executions.AlreadyDone if the execution id was seen with the same request
     */
    public ImportTask begin(Caller caller, Importing importing, Answer answer, String executionId) {
        ImportTask task = executions.once(
                caller.workspaceId(),
                caller.personId(),
                executionId,
                importing.asked(),
                () -> get(caller, insert(caller, importing)));
        importing.report(new TaskProgress(this, task.id()));
        answer.header("location", task.location());
        answer.header("preference-applied", "respond-async");
        return task;
    }

    private long insert(Caller caller, Importing importing) {
        return database.insert(database.sql("imports/insert-task")
                .param("workspace", caller.workspaceId())
                .param("owner", caller.personId())
                .param("name", importing.request().name())
                .param("source", importing.uri().toString())
                .param("dataset", importing.datasetId())
                .param("now", now()));
    }

    /**
     * Those that the caller has begun, the newest first; for an administrator all of the workspace.
     *
     * @param query those of lists
     * @throws ProblemException 400 for what no list takes
     */
    @Operation("listImports")
    public Page<ImportTask> list(Caller caller, Query query) {
        var listed = ListQuery.of(query, "name", FILTERED, SORTED, "-id");
        return Page.of(
                query,
                (limit, offset) -> VisibleRows.of(database.rows("imports/visible-tasks", listed), caller)
                        .param("limit", limit)
                        .param("offset", offset)
                        .query(ImportTasks::row)
                        .list(),
                () -> VisibleRows.of(database.count("imports/visible-tasks", listed), caller)
                        .query(Long.class)
                        .single());
    }

    /**
     * One import, for a week after its end.
     *
     * @throws ProblemException 404 if the caller has begun none of that id
     */
    @Operation("getImport")
    public ImportTask get(Caller caller, long id) {
        return VisibleRows.of(database.sql("imports/task"), caller)
                .param("id", id)
                .query(ImportTasks::row)
                .optional()
                .orElseThrow(() -> Ids.notFound("import", id));
    }

    /**
     * Ends an import: nothing of it stays. One that was canceled may be canceled again.
     *
     * @throws ProblemException 404 as {@link #get}; 409 if it was over
     */
    @Operation("cancelImport")
    public void cancel(Caller caller, long id) {
        var task = get(caller, id);
        if (end(id, "canceled", null)) {
            trail.record(caller, AuditedAction.of("cancelImport"), "import " + id + " of " + task.uri());
            return;
        }
        var status = get(caller, id).status();
        if (!status.equals("canceled")) {
            throw new ProblemException(Problem.CONFLICT, "Import " + id + " is over already: it is " + status);
        }
    }

    /** Whether the import is still wanted. */
    boolean update(long id, Findings findings) {
        return database.sql("imports/update-task")
                        .param("id", id)
                        .param("files", findings.files())
                        .param("bytes", findings.bytes())
                        .param("ignored", findings.ignored())
                        .param("refused", findings.refused())
                        .param("now", now())
                        .update()
                > 0;
    }

    /** Notes that an import has made its dataset. */
    void complete(long id) {
        setEnd(id, "complete", null);
    }

    /** Ends an import of which nothing comes: whoever began it may send the same again. Whether it was still running. */
    boolean end(long id, String status, String failure) {
        return database.inTransaction(() -> {
            boolean ended = setEnd(id, status, failure);
            if (ended) {
                forgetExecution(id);
            }
            return ended;
        });
    }

    private boolean setEnd(long id, String status, String failure) {
        return database.sql("imports/end-task")
                        .param("id", id)
                        .param("status", status)
                        .param("failure", failure, Types.VARCHAR)
                        .param("now", now())
                        .update()
                > 0;
    }

    private void forgetExecution(long id) {
        record Owner(long workspaceId, long ownerId) {}
        database.sql("imports/owner-of-task")
                .param("id", id)
                .query(Owner.class)
                .optional()
                .ifPresent(owner -> executions.forget(owner.workspaceId(), owner.ownerId(), ImportTask.location(id)));
    }

    /** Ends those that have shown no life since then. */
    public void endDead(Timestamp before) {
        database.sql("imports/dead-tasks")
                .param("before", before)
                .query(Long.class)
                .list()
                .forEach(id -> end(id, "failed", DIED));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    /** What ended before is forgotten. */
    public Timestamp forgotten() {
        return Timestamp.from(clock.instant().minus(REMEMBERED));
    }

    private static ImportTask row(ResultSet row, int number) throws SQLException {
        String status = row.getString("status");
        long files = row.getLong("file_count");
        Instant created = row.getTimestamp("created_at").toInstant();
        Instant updated = row.getTimestamp("updated_at").toInstant();
        double seconds = Math.max(1, Duration.between(created, updated).toMillis()) / 1000.0;
        return new ImportTask(
                row.getLong("id"),
                row.getString("name"),
                row.getString("source"),
                status,
                files,
                row.getLong("byte_count"),
                row.getLong("ignored_count"),
                row.getLong("refused_count"),
                Math.round(10 * files / seconds) / 10.0,
                status.equals("complete") ? new Reference(row.getLong("dataset_id")) : null,
                row.getString("failure"),
                created,
                updated);
    }
}
