package dev.wharf.browse;

import dev.wharf.jobs.WrittenFile;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.ProblemDocument;
import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ByteRange;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file on its way to a caller. */
final class Download {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);

    private final BrowsedPlace place;
    private final S3Uri uri;
    /** What the file must be; null for whatever lies there. */
    private final WrittenFile written;

    private final boolean headOnly;
    private final Preconditions conditions;
    private final Answer answer;

    Download(BrowsedPlace place, WrittenFile written, RequestHead head, Answer answer) {
        this.place = place;
        this.written = written;
        this.uri = place.uri();
        this.headOnly = head.method().equals("HEAD");
        this.conditions = Preconditions.of(head);
        this.answer = answer;
    }

    void run() throws IOException {
        if (!headOnly && !conditions.any()) {
            send(written == null ? null : written.etag(), null);
            return;
        }
        ObjectInfo object = look();
        if (written != null && written.isOther(object.etag())) {
            throw new ProblemException(Problem.CONFLICT, written.changed());
        }
        if (conditions.isKnown(object.etag())) {
            answer.begin(304, FileHeaders.unchanged(object)).close();
        } else if (headOnly) {
            answer.begin(200, FileHeaders.of(uri.name(), readable(object), null))
                    .close();
        } else {
            sendPart(object, conditions.rangeOf(object.etag()));
        }
    }

    private void sendPart(ObjectInfo object, RangeHeader range) throws IOException {
        ByteRange part = range == null ? null : range.in(object.size());
        if (range != null && part == null) {
            refuse(object);
        } else {
            send(object.etag(), part);
        }
    }

    /**
     * @param etag of the version that is to be sent; null or empty for the present one
     * @param part of it; null for all
     */
    private void send(String etag, ByteRange part) throws IOException {
        try (ObjectStream in = open(etag, part)) {
            OutputStream out = answer.begin(part == null ? 200 : 206, FileHeaders.of(uri.name(), in.object(), part));
            answer.whenGone(() -> close(in)); // the store may be silent, and nobody waits for it any more
            try {
                in.transferTo(out);
                out.close();
            } catch (IOException e) {
                throw answer.isGone() ? new ClientGoneException("The client has gone") : e;
            } catch (StoreException e) {
                LOG.warn("An answer broke off: {}", e.getMessage());
                throw e;
            }
        }
    }

    private static void close(ObjectStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuse(ObjectInfo object) throws IOException {
        var problem = new ProblemException(
                Problem.OUT_OF_RANGE, uri.location() + " has " + object.size() + " bytes, and none of those asked for");
        byte[] document = Json.write(ProblemDocument.of(problem)).getBytes(StandardCharsets.UTF_8);
        var headers = Map.of(
                "content-type",
                ProblemDocument.CONTENT_TYPE,
                "content-length",
                String.valueOf(document.length),
                "content-range",
                "bytes */" + object.size());
        try (OutputStream out = answer.begin(problem.problem().status(), headers)) {
            out.write(document);
        }
    }

    private ObjectInfo look() throws IOException {
        try {
            return place.store().stat(uri.bucket(), uri.key());
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw missing(e);
            }
        }
        try (ObjectStream in = open(null, null)) { // who may not look may still be allowed to read
            return in.object();
        }
    }

    private ObjectStream open(String etag, ByteRange part) {
        String version = etag == null || etag.isEmpty() ? null : etag;
        try {
            return part == null
                    ? place.store().read(uri.bucket(), uri.key(), version)
                    : place.store().read(uri.bucket(), uri.key(), version, part);
        } catch (StoreException e) {
            if (e.kind() == Kind.CHANGED && written != null) {
                throw new ProblemException(Problem.CONFLICT, written.changed(), e);
            }
            throw missing(e);
        }
    }

    private ObjectInfo readable(ObjectInfo object) {
        if (object.archived()) {
            throw new StoreException(
                    Kind.ARCHIVED,
                    uri.location() + ": the file is archived (storage class " + object.storageClass()
                            + ") and cannot be read before it is restored: POST /vfsRestore asks for that");
        }
        return object;
    }

    /** Says so where a folder has the name. */
    private ProblemException missing(StoreException failure) {
        boolean folder =
                failure.kind() == Kind.NOT_FOUND && Boolean.TRUE.equals(Lookup.isFolderIfKnown(place.store(), uri));
        return folder
                ? new ProblemException(
                        Problem.NOT_FOUND, uri.location() + " is a folder, and only a file can be read", failure)
                : failure;
    }
}
