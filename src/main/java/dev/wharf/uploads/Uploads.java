package dev.wharf.uploads;

import dev.wharf.identity.Caller;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.http.stream.BrokenBodyException;
import dev.wharf.kernel.http.stream.IncomingFile;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;

/**
 * Keeps local files in base storage, unchanged ({@code seed.txt}, <i>Creating datasets</i>): under
 * {@code <upload directory>/<workspace>/<person>/<uuid>/<file name>}. The upload directory is the person's, in the area
 * that nothing else may write; the client's text is only ever the last part.
 */
public final class Uploads {
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
     * Stores a file under the name that the query gives it.
     *
     * @throws ProblemException as {@link #storeForm}
     */
    public UploadView storeBody(Caller caller, Query query, IncomingFile file) {
        return store(caller, new FileName("name", query.require("name")), file);
    }

    /**
     * Stores a file under the name that the form gives it.
     *
     * @throws ProblemException 400 for an impossible name, without base storage, or if the client breaks off; 413 for
     *     a file that is too large; 503 where the registry has no room for it. Nothing is left of it
     */
    public UploadView storeForm(Caller caller, IncomingFile file) {
        return store(caller, new FileName("file", file.name()), file);
    }

    private UploadView store(Caller caller, FileName name, IncomingFile file) {
        database.requireWritable();
        var store = directory.store(caller, null);
        String bucket = directory.defaultBucket(caller, null).orElseThrow();
        if (file.length().orElse(0) > maxBytes) {
            throw tooLarge(maxBytes);
        }
        String uuid = UUID.randomUUID().toString();
        S3Uri uri = new S3Uri(bucket, key(caller, uuid, name), null);
        try {
            var content = new BoundedStream(file.content(), maxBytes);
            ObjectInfo stored = store.write(bucket, uri.key(), content, file.length(), contentType(file));
            insert(caller, uuid, uri, name, stored.size());
            return new UploadView("s3", bucket, "/" + uri.key(), name.value(), uri.toString(), stored.size(), uuid);
        } catch (BrokenBodyException e) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED, e.getMessage() + "; nothing was stored. Send the file again", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** curl calls every body that it is not told about a form; no file is one, and some stores would read it as one. */
    private static String contentType(IncomingFile file) {
        String type = file.contentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")
                ? "application/octet-stream"
                : type;
    }

    private void insert(Caller caller, String uuid, S3Uri uri, FileName name, long size) {
        database.insert(database.sql("uploads/insert")
                .param("uuid", uuid)
                .param("workspace", caller.workspaceId())
                .param("owner", caller.personId())
                .param("bucket", uri.bucket())
                .param("key", uri.key())
                .param("name", name.value())
                .param("size", size)
                .param("now", Timestamp.from(clock.instant())));
    }

    private String key(Caller caller, String uuid, FileName name) {
        String area = folders.uploadDir(caller).substring(1);
        String folder = area + "/" + caller.workspaceId() + "/" + caller.personId() + "/" + uuid + "/";
        int room = S3Uri.MAX_KEY_BYTES - bytes(folder);
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
