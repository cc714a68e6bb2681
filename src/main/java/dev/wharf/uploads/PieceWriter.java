package dev.wharf.uploads;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.http.stream.BrokenBodyException;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import dev.wharf.uploads.ResumableTable.Part;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;

/**
 * Writes what one request brings of an upload. A part is acknowledged when the store has it and its row is written; the last
 * one with the file, so that whoever asks in between sends it again and the file is finished then.
 */
final class PieceWriter {
    private final ResumableTable table;
    private final Clock clock;

    PieceWriter(ResumableTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    void write(Caller caller, ResumableUpload seen, long offset, InputStream in, ObjectStore store) throws IOException {
        String uuid = seen.uuid();
        if (seen.finished()) {
            requireOffset(seen, offset);
            requireNoMore(seen, in);
            return;
        }
        String claim = table.claim(caller, uuid)
                .orElseThrow(() -> new ProblemException(
                        Problem.LOCKED,
                        "Another request sends bytes of this upload: wait for it, or try again in a moment"));
        try {
            // As it is now that nobody else writes.
            ResumableUpload upload = table.find(caller, uuid).orElseThrow(() -> Ids.notFound("upload", uuid));
            requireOffset(upload, offset);
            StagedObject staged = fill(upload, claim, in, store);
            if (staged.size() == upload.size()) {
                store.commit(staged);
                table.finish(uuid, claim);
            } else if (staged.size() == upload.kept()) {
                throw new ProblemException(
                        Problem.VALIDATION_FAILED,
                        "So few bytes cannot be kept, as stores take large parts only: send 5 MiB or more in one request"
                                + " (of files beyond 45 GiB 8 MiB, beyond 70 GiB more than that), best all that is left");
            }
        } catch (StoreException e) {
            throw e.kind() == StoreException.Kind.NO_SUCH_UPLOAD ? lost(uuid, e) : e;
        } finally {
            table.release(uuid, claim);
        }
    }

    private static void requireOffset(ResumableUpload upload, long offset) {
        if (upload.offset() != offset) {
            throw new ProblemException(
                    Problem.CONFLICT, "Upload-Offset must be " + upload.offset() + ", which is how far the upload is");
        }
    }

    /** The protocol is silent on bytes behind the end; they are as many too many as those that come with the last ones. */
    private static void requireNoMore(ResumableUpload upload, InputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    upload.size()
                            + " bytes were announced (Upload-Length), and all of them are there: what comes behind"
                            + " them is not taken");
        }
    }

    private StagedObject fill(ResumableUpload upload, String claim, InputStream in, ObjectStore store)
            throws IOException {
        String uuid = upload.uuid();
        List<Part> parts = table.parts(uuid);
        StagedObject begun = upload.staged(parts);
        if (upload.isWhole(parts)) {
            return begun;
        }
        var bytes = new LivelyBytes(in, clock, () -> table.renew(uuid, claim));
        try {
            return store.append(begun, bytes, upload.size(), part -> table.keep(uuid, claim, part));
        } catch (BrokenBodyException e) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    e.getMessage()
                            + ". What has arrived is kept: ask how far the upload is (HEAD), and go on from there",
                    e);
        } catch (ResumableTable.ClaimLostException e) {
            if (!table.exists(uuid)) {
                store.abort(begun); // also what was on its way when the upload was ended
            }
            throw e;
        }
    }

    /** A lifecycle rule of the bucket, or somebody by hand. */
    private ProblemException lost(String uuid, StoreException failure) {
        table.delete(uuid);
        return new ProblemException(
                Problem.GONE, "The store has ended the upload, and its bytes are lost: begin it anew", failure);
    }
}
