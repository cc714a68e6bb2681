package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.AwaitedFiles;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.DueMessage;
import dev.wharf.jobs.MeteredStream;
import dev.wharf.jobs.PublicationTable;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.http.stream.ClientBytes;
import dev.wharf.kernel.http.stream.IncomingFile;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.publishing.ResultFile.State;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.Content;
import dev.wharf.store.Place;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StagedObject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files of announced jobs, on their way in, in the steps of {@code announcements.camel.yaml}. Of those that come for one
 * name at one time, the first that is there whole is the file; others are compared with it.
 */
public final class SentFiles {
    private static final int NAMED = 10;

    private final Database database;
    private final PublicationTable jobs;
    private final ResultFiles files;
    private final AwaitedFiles awaited;
    private final StoreDirectory stores;

    /** @param timeout how long a job waits for its next file */
    public SentFiles(Database database, StoreDirectory stores, Claims claims, Duration timeout) {
        this.database = database;
        this.jobs = new PublicationTable(database, claims);
        this.files = new ResultFiles(database);
        this.awaited = new AwaitedFiles(database, claims, timeout);
        this.stores = stores;
    }

    /**
     * Finds out which file comes, and where it goes. Nothing of it is read yet.
     *
     * @throws ProblemException 404 if the caller has announced no such job; 400 for a file that was not announced; 409 where
     *     the job waits for no file any more
     */
    public ArrivingFile begin(Caller caller, long id, Query query, IncomingFile incoming) {
        PublicationTable.Row row = jobs.find(id)
                .filter(found -> found.job().membershipId() == caller.membershipId())
                .orElseThrow(() -> Ids.notFound("job group", id));
        String name = query.require("name");
        ResultFile file = file(row, name);
        boolean known = !file.is(State.PENDING);
        if (!known && !awaited.extend(id)) {
            throw notWaiting(row);
        }
        S3Uri target = file.target();
        var bytes = new MeteredStream(
                new ClientBytes(
                        incoming.digests().over(incoming.content(), incoming.length()), "nothing of it was kept"),
                // Where another request has sent the file meanwhile, this one is compared with it.
                count -> known
                        || files.sent(file.id(), "", count)
                        || !jobs.require(id).isGivenUp(),
                () -> notWaiting(jobs.require(id)));
        var arrived = new FileMd5();
        return new ArrivingFile(
                id,
                file.id(),
                name,
                new Place(stores.store(caller, target.connectionId()), target.bucket(), target.key()),
                new Content(arrived.of(bytes), incoming.length(), null),
                arrived,
                known);
    }

    private ResultFile file(PublicationTable.Row row, String name) {
        long id = row.job().jobGroupId();
        List<ResultFile> sent = files.of(id).stream()
                .filter(file -> SentSource.is(file.source()))
                .toList();
        if (sent.isEmpty()) {
            throw notWaiting(row);
        }
        return sent.stream()
                .filter(file -> file.source().equals(SentSource.of(name)))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "name",
                        "is none of the " + sent.size() + " files that job group " + id + " waits for: "
                                + sent.stream()
                                        .limit(NAMED)
                                        .map(file -> SentSource.name(file.source()))
                                        .collect(Collectors.joining(", "))
                                + (sent.size() > NAMED ? " and so on" : "")));
    }

    private static ProblemException notWaiting(PublicationTable.Row row) {
        return new ProblemException(
                Problem.CONFLICT,
                "Job group " + row.job().jobGroupId() + " is " + row.groupStatus()
                        + " and waits for no file: results whose files are sent are announced by POST"
                        + " /v4/jobGroups/announced, each time under another announcedAs");
    }

    /**
     * What has arrived.
     *
     * @param due the job's message, if this was the last file that it waited for; else null
     */
    public record Arrived(AnnouncedJob.File file, DueMessage due) {}

    /**
     * Notes that all bytes of a file are in its store, where nobody sees them yet.
     *
     * @throws ProblemException 409 if the job waits for none any more, or has another
     *     file of the name. Nothing of it is kept then
     */
    public Arrived arrived(ArrivingFile arriving, StagedObject staged) {
        String md5 = arriving.arrived().read();
        Noted noted = database.inTransaction(() -> note(arriving, staged.withMd5(md5)));
        if (!noted.kept()) {
            arriving.place().store().abort(staged);
            requireSame(arriving, md5);
        }
        return new Arrived(shown(arriving), noted.due());
    }

    private record Noted(boolean kept, DueMessage due) {}

    /** The job's row is changed first: files that arrive at one time wait for each other there, and so does a cancellation. */
    private Noted note(ArrivingFile arriving, StagedObject staged) {
        long id = arriving.jobGroupId();
        boolean kept = awaited.extend(id) && files.staged(arriving.fileId(), "", staged);
        return new Noted(kept, kept ? awaited.dueOnceAllAreSent(id).orElse(null) : null);
    }

    /**
     * Compares a file that comes again.
     *
     * @throws ProblemException 409 if it is another one than before; 400 if it is not what the client says
     */
    public Arrived again(ArrivingFile arriving) throws IOException {
        arriving.content().stream().transferTo(OutputStream.nullOutputStream());
        String md5 = arriving.arrived().read();
        requireSame(arriving, md5);
        return new Arrived(shown(arriving), null);
    }

    private void requireSame(ArrivingFile arriving, String md5) {
        ResultFile file = find(arriving)
                .filter(found -> !found.is(State.PENDING))
                .orElseThrow(() -> notWaiting(jobs.require(arriving.jobGroupId())));
        if (!md5.equals(file.md5())) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    arriving.name() + " was sent before with another content, of the MD5 " + file.md5()
                            + ": a file is sent once, and that one stays. To replace it, cancel the job and announce the"
                            + " results anew");
        }
    }

    private Optional<ResultFile> find(ArrivingFile arriving) {
        return files.find(arriving.fileId());
    }

    private AnnouncedJob.File shown(ArrivingFile arriving) {
        return find(arriving)
                .map(AnnouncedJob.File::of)
                .orElseThrow(() -> notWaiting(jobs.require(arriving.jobGroupId())));
    }

    /**
     * Says why a file is not kept: a job that is over meanwhile is what counts, whatever its store has said then.
     *
     * @throws Exception always
     */
    public void failed(ArrivingFile arriving, Exception failure) throws Exception {
        PublicationTable.Row row = jobs.require(arriving.jobGroupId());
        throw row.isGivenUp() ? notWaiting(row) : failure;
    }
}
