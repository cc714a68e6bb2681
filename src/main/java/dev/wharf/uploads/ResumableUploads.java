package dev.wharf.uploads;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.http.stream.IncomingFile;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads that go on after a broken connection, by the tus protocol 1.0 (<a href="https://tus.io">tus.io</a>): core,
 * creation, expiration and termination. What has arrived lies in the store as parts of an upload that is not completed, and
 * is known by rows, so that any node goes on with it. To everybody but its owner an upload does not exist.
 */
public final class ResumableUploads {
    private static final Logger LOG = LoggerFactory.getLogger(ResumableUploads.class);

    private final Uploads uploads;
    private final ResumableTable table;
    private final StoreDirectory directory;
    private final PieceWriter writer;
    private final Clock clock;

    /** @param lifetime of an upload from its last byte on */
    public ResumableUploads(
            Uploads uploads, Database database, StoreDirectory directory, Duration lifetime, Clock clock) {
        this.uploads = uploads;
        this.table = new ResumableTable(database, lifetime, clock);
        this.directory = directory;
        this.writer = new PieceWriter(table, clock);
        this.clock = clock;
    }

    /**
     * Begins one, of as many bytes as {@code Upload-Length} says and with the name in {@code Upload-Metadata}.
     *
     * @throws ProblemException as {@link Uploads#ofBody}
     */
    @Operation(value = "createUpload", waitsForStores = true)
    public UploadProgress create(Caller caller, RequestHead head, Answer answer) throws IOException {
        long size = TusHeaders.number(head, "Upload-Length");
        var name = new FileName(
                "Upload-Metadata", TusHeaders.metadata(head, "filename").orElse(null));
        String uuid = UUID.randomUUID().toString();
        String key = uploads.key(caller, uuid, name, size);
        ObjectStore store = directory.store(caller, null);
        String bucket = directory.defaultBucket(caller, null).orElseThrow();
        String type = TusHeaders.metadata(head, "filetype")
                .filter(said -> !said.isBlank())
                .orElse(null);
        StagedObject begun = store.begin(bucket, key, type);
        table.insert(caller, uuid, name.value(), size, begun);
        if (size == 0) {
            writer.write(caller, require(caller, uuid), 0, InputStream.nullInputStream(), store);
        }
        answer.header("Location", "/v4/uploads/" + uuid);
        return get(caller, uuid, answer);
    }

    /**
     * How far one is.
     *
     * @throws ProblemException 404, 410 where it has expired
     */
    @Operation("getUpload")
    public UploadProgress get(Caller caller, String uuid, Answer answer) {
        ResumableUpload upload = require(caller, uuid);
        TusHeaders.tell(answer, upload);
        return new UploadProgress(
                uuid,
                upload.name(),
                upload.size(),
                upload.offset(),
                upload.expires(),
                upload.finished()
                        ? UploadView.of(upload.bucket(), upload.key(), upload.name(), upload.size(), uuid)
                        : null);
    }

    /**
     * Takes the bytes from {@code Upload-Offset} on: whole parts and the end are kept when it breaks off.
     *
     * @throws ProblemException 404, 410 as {@link #get}; 409 for another offset than the upload is at; 423 while another
     *     request writes; 415; 400 for more bytes than are missing, and for so few that none of them can be kept
     */
    public UploadProgress append(Caller caller, String uuid, RequestHead head, IncomingFile body, Answer answer)
            throws IOException {
        TusHeaders.requireBytes(head);
        long offset = TusHeaders.number(head, "Upload-Offset");
        writer.write(caller, require(caller, uuid), offset, body.content(), directory.store(caller, null));
        return get(caller, uuid, answer);
    }

    /**
     * Ends one, of which nothing stays. A file that is there already stays.
     *
     * @throws ProblemException 404, 410 as {@link #get}
     */
    @Operation(value = "deleteUpload", waitsForStores = true)
    public void delete(Caller caller, String uuid) {
        ResumableUpload upload = require(caller, uuid);
        end(upload, directory.store(caller, null));
    }

    /** Ends those with which nobody has gone on in time. */
    public void expire() {
        for (ResumableUpload upload : table.expired()) {
            directory.ownStore(null, upload.bucket()).ifPresent(store -> end(upload, store));
        }
    }

    private void end(ResumableUpload upload, ObjectStore store) {
        if (!table.delete(upload.uuid()) || upload.finished()) {
            return;
        }
        try {
            store.abort(upload.staged(List.of()));
        } catch (StoreException e) {
            LOG.warn("An upload that was ended stays in the store for now: {}", e.getMessage()); // for the reaper
        }
    }

    private ResumableUpload require(Caller caller, String uuid) {
        ResumableUpload upload = table.find(caller, uuid).orElseThrow(() -> Ids.notFound("upload", uuid));
        if (!upload.expires().isAfter(clock.instant())) {
            throw new ProblemException(
                    Problem.GONE, "The upload " + uuid + " has expired, as nobody went on with it: begin it anew");
        }
        return upload;
    }
}
