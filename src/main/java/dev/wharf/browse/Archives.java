package dev.wharf.browse;

import dev.wharf.browse.zip.ZipWriter;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditEvent.Outcome;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.Admission;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends files and whole folders as one ZIP. Each is a download among the others. What it will hold is listed first, and exactly
 * that is sent: so the length is known, and an archive that lacks something is never whole.
 */
public final class Archives {
    private static final Logger LOG = LoggerFactory.getLogger(Archives.class);

    private final Places places;
    private final Admission admission;
    private final int most;
    private final Executor threads;
    private final AuditTrail trail;

    /**
     * @param admission of files that are sent
     * @param most files and folders in one archive
     * @param threads for what is read ahead; may leave undone what it has no thread for
     */
    public Archives(Places places, Admission admission, int most, Executor threads, AuditTrail trail) {
        this.places = places;
        this.admission = admission;
        this.most = most;
        this.threads = threads;
        this.trail = trail;
    }

    /**
     * Answers with the files and folders that {@code uri} names, once or several times; to HEAD, without the bytes. What fails
     * after the answer has begun leaves it broken off.
     *
     * @param query {@code uri}; {@code connectionId} where the uris have none; {@code etag}, as often as {@code uri} or never
     * @throws ClientGoneException as soon as nobody takes the answer any more
     * @throws ProblemException 400 for uris of several buckets, archived files, and more than may be in one archive; 403; 404; 409 where a file is another version than
     *     was asked for;
     *     503 where as many files as may are being sent
     */
    public void send(Caller caller, Query query, RequestHead head, Answer answer) throws IOException {
        List<S3Uri> uris = Places.uris(query);
        try (BrowsedPlace place = places.open(caller, uris.get(0), admission)) {
            places.guard(answer, place);
            var selection = Selection.of(place, uris, query.all("etag"));
            ArchiveList list = ArchiveListing.of(place, selection, most, answer);
            var headers = FileHeaders.ofZip(selection.name() + ".zip", list.zipLength());
            if (head.method().equals("HEAD")) {
                answer.begin(200, headers).close();
                return;
            }
            try (var files = new ArchiveFiles(place, selection.folder().key(), list, threads)) {
                ArchiveFiles.Opened first = files.next(); // where that is denied nothing has begun
                S3Uri subject = selection.subject();
                trail.note(
                        caller,
                        new AuditedAction("archive", subject.connectionId(), subject.bucket(), subject.key()),
                        Outcome.SUCCESS,
                        list.count() + " files and folders, " + list.bytes() + " bytes");
                OutputStream out = answer.begin(200, headers);
                answer.whenGone(files::abandon);
                send(list, first, files, out, answer);
            }
        }
    }

    private static void send(
            ArchiveList list, ArchiveFiles.Opened first, ArchiveFiles files, OutputStream out, Answer answer)
            throws IOException {
        try {
            var zip = new ZipWriter(out);
            int[] checksums = new int[list.count()];
            int index = 0;
            for (ArchiveFiles.Opened file = first; file != null; file = files.next()) {
                try (InputStream in = file.in()) {
                    checksums[index++] = zip.entry(file.item().entry(), in);
                }
            }
            directory(list, checksums, zip);
            out.close();
        } catch (IOException e) {
            throw answer.isGone() ? new ClientGoneException("The client has gone") : e;
        } catch (StoreException e) {
            LOG.warn("An archive broke off: {}", e.getMessage());
            throw e;
        }
    }

    private static void directory(ArchiveList list, int[] checksums, ZipWriter zip) throws IOException {
        try (ArchiveList.Items items = list.items()) {
            for (int checksum : checksums) {
                zip.central(items.next().entry(), checksum);
            }
        }
        zip.end();
    }
}
