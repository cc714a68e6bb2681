package dev.wharf.storage;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.sql.Database;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What the service has written into base storage for one person: their uploads, and the results of their jobs with the
 * marker beside them. The rows say so, and not the folder: somebody may choose a folder in which there is more, and names
 * that begin alike are not one person's.
 */
public final class OwnObjects {
    private static final String MARKER = "_SUCCESS";

    private final Database database;
    private final Caller caller;

    public OwnObjects(Database database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    /** Their keys that begin with a prefix. */
    NavigableSet<String> keys(String bucket, String prefix) {
        NavigableSet<String> keys = new TreeSet<>();
        if (prefix.indexOf('\0') >= 0) {
            return keys; // no key of ours has one, and PostgreSQL fails on it
        }
        database.sql("storage/own-objects")
                .param("person", caller.personId())
                .param("workspace", caller.workspaceId())
                .param("membership", caller.membershipId())
                .param("bucket", bucket)
                .param("pattern", ListQuery.escaped(folder(prefix)) + "%")
                .query(row -> {
                    String key = row.getString("object_key");
                    keys.add(key);
                    if (row.getBoolean("is_result")) {
                        keys.add(folder(key) + MARKER); // each job writes into a folder of its own
                    }
                });
        keys.removeIf(key -> !key.startsWith(prefix));
        return keys;
    }

    /** Whether they may know of a folder also while there is nothing of theirs in it. */
    boolean isOwnFolder(String prefix) {
        return UploadsFolder.isOf(caller, prefix);
    }

    boolean has(String bucket, String key) {
        return keys(bucket, key).contains(key);
    }

    /** The folder of a key, or of a prefix: up to its last slash. */
    static String folder(String key) {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }
}
