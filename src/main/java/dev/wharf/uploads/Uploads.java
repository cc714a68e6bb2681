package dev.wharf.uploads;

import dev.wharf.identity.Caller;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.http.stream.IncomingFile;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import dev.wharf.kernel.sql.Database;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.Content;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Place;
import dev.wharf.store.S3Uri;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where local files are kept, unchanged, in base storage ({@code seed.txt}, <i>Creating datasets</i>), in the steps
 * of {@code uploads.camel.yaml}: {@code <upload directory>/<workspace>/<person>/<uuid>/<file name>}. The upload directory is the person's, in the area
 * that nothing else may write; the client's text is only ever the last part.
 */
public final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    private static final int MAX_DATASET_NAME = 255;

    /** Of a name in UTF-8, as of file systems: some stores are one, and answer a longer name with a failure of their own. */
    private static final int MAX_NAME_BYTES = 255;

    private final Database database;
    private final StoreDirectory directory;
    private final StorageFolders folders;
    private final long maxBytes;
    private final Clock clock;

    /**
     * @param maxBytes the largest file
     */
    public Uploads(Database database, StoreDirectory directory, StorageFolders folders, long maxBytes, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.folders = folders;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /**
     * Names a file as the query does.
     *
     * @throws ProblemException as {@link #ofForm}
     */
    public Upload ofBody(Caller caller, Query query, IncomingFile file) {
        return name(caller, new FileName("name", query.require("name")), file);
    }

    /**
     * Looks at what a form's query says of where files are stored, before any of it is read.
     *
     * @throws ProblemException 400 for another place than the caller's own
     */
    public void requireOwnPlace(Caller caller, Query query) {
        StorageConfig.requireOwn(caller, query, directory, folders);
    }

    /**
     * Names a file as its form does, and decides where it goes. Nothing of it is read yet.
     *
     * @throws ProblemException 400 for an impossible name or without base storage; 413 for a file that is said to be too
     *     large; 503 where the registry has no room for its row. Reading its content fails with 413 or 400 where it turns
     *     out to be too large, or the client breaks off
     */
    public Upload ofForm(Caller caller, IncomingFile file) {
        return name(caller, new FileName("file", file.name()), file);
    }

    private Upload name(Caller caller, FileName name, IncomingFile file) {
        var store = directory.store(caller, null);
        String bucket = directory.defaultBucket(caller, null).orElseThrow();
        String uuid = UUID.randomUUID().toString();
        return new Upload(
                uuid,
                new Place(store, bucket, key(caller, uuid, name, file.length().orElse(0))),
                name.value(),
                new Content(
                        new UploadedBytes(file.digests().over(file.content(), file.length()), maxBytes),
                        file.length(),
                        contentType(file)),
                Timestamp.from(clock.instant()));
    }

    /** A file of the inbox, where it was decided before that it goes. */
    Upload dropped(String uuid, Place place, String name, InputStream content, long size) {
        return new Upload(
                uuid, place, name, new Content(content, OptionalLong.of(size), null), Timestamp.from(clock.instant()));
    }

    /** The file as its client is told, once it is stored and on record. */
    public UploadView view(Upload upload, ObjectInfo stored) {
        Place place = upload.place();
        return UploadView.of(place.bucket(), place.key(), upload.name(), stored.size(), upload.uuid());
    }

    /** What is to be sent to import a file that was uploaded, under its own name. */
    public String importRequest(UploadView uploaded) {
        return Json.write(Map.of("uri", uploaded.uri(), "name", Text.cut(uploaded.name(), MAX_DATASET_NAME)));
    }

    /**
     * Says where a file lies that was stored and is not on record, so that nobody can import it: objects are never deleted.
     *
     * @param stored null where it was not stored, of which there is nothing to say
     */
    public void tellUnrecorded(Upload upload, ObjectInfo stored) {
        if (stored != null) {
            LOG.warn("{} was uploaded and could not be recorded; its client was told to send it again", upload.place());
        }
    }

    /** curl calls every body that it is not told about a form; no file is one, and some stores would read it as one. */
    private static String contentType(IncomingFile file) {
        String type = file.contentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")
                ? "application/octet-stream"
                : type;
    }

    /**
     * Decides under which key a file is kept.
     *
     * @param size in bytes, 0 where it is not known
     * @throws ProblemException 413 for a file that is too large, 400 for a name that is too long; 503 where the registry has
     *     no room for its row
     */
    String key(Caller caller, String uuid, FileName name, long size) {
        database.requireWritable();
        if (size > maxBytes) {
            throw tooLarge(maxBytes);
        }
        String area = folders.uploadDir(caller).substring(1);
        String folder = area + "/" + caller.workspaceId() + "/" + caller.personId() + "/" + uuid + "/";
        int room = Math.min(MAX_NAME_BYTES, S3Uri.MAX_KEY_BYTES - bytes(folder));
        if (bytes(name.value()) > room) {
            throw ProblemException.invalid(
                    name.field(), "has a file name that is too long: at most " + room + " bytes in UTF-8");
        }
        return folder + name.value();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static ProblemException tooLarge(long maxBytes) {
        return new ProblemException(
                Problem.TOO_LARGE,
                "The file is larger than " + maxBytes + " bytes, which is wharf.uploads.max-bytes; nothing was stored");
    }
}
