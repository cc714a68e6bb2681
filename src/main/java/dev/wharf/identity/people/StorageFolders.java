package dev.wharf.identity.people;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where in base storage a person's results and uploads go ({@code domain.md} §7, <i>Storage Config page</i>), as paths
 * that begin with a slash and end without one. They are read each time: a change counts at once, on every node.
 */
public final class StorageFolders {
    /** The area that only uploads may write ({@code seed.txt}), and where they go by default. */
    public static final String UPLOADS = "/trifacta/uploads";

    private static final Pattern NUMBERED = Pattern.compile(UPLOADS + "/[0-9]+(/.*)?");

    /** What lies here may be purged at any time ({@code seed.txt}, <i>Purging files</i>). */
    public static final String TEMPORARY = "/trifacta/tempfiles";

    private final Database database;
    private final OutputHomes homes;

    public StorageFolders(Database database) {
        this.database = database;
        this.homes = new OutputHomes(database);
    }

    /** What holds for somebody, chosen or by default. */
    record Folders(String outputHomeDir, String uploadDir) {
        /** Of a row of the membership. */
        static Folders of(ResultSet row, String email) throws SQLException {
            String outputHome = row.getString("output_home_dir");
            String uploads = row.getString("upload_dir");
            return new Folders(
                    outputHome == null ? OutputHomes.byDefault(email) : outputHome,
                    uploads == null ? UPLOADS : uploads);
        }
    }

    /** Below which the caller's jobs write that name no other place; nobody else's is in it or around it. */
    public String outputHomeDir(Caller caller) {
        return of(caller).outputHomeDir();
    }

    /** The output home directories of the caller's workspace that were chosen, in place of those by default. */
    public List<String> chosenOutputHomes(Caller caller) {
        return database.sql("identity/chosen-output-homes")
                .param("workspace", caller.workspaceId())
                .query(String.class)
                .list();
    }

    /** {@link #UPLOADS}, or a folder in it. */
    public String uploadDir(Caller caller) {
        return of(caller).uploadDir();
    }

    private Folders of(Caller caller) {
        return database.sql("identity/find-folders")
                .param("membership", caller.membershipId())
                .query((row, number) -> Folders.of(row, caller.email()))
                .single();
    }

    /**
     * Changes what is chosen; to be called in a transaction, while the workspace's other changes wait.
     *
     * @throws ProblemException 409 if somebody else has the output home directory
     */
    void change(Person person, FolderChoice outputHome, FolderChoice uploads) {
        if (outputHome != null) {
            if (outputHome.path() != null) {
                homes.requireUnshared(person, outputHome.path());
            }
            set("identity/set-output-home", person, outputHome, OutputHomes.byDefault(person.email()));
        }
        if (uploads != null) {
            requireOwnUploads(person, uploads.path());
            set("identity/set-upload-dir", person, uploads, UPLOADS);
        }
    }

    /** Each person's own folder bears the numbers of their workspace and of themselves; one with a name is for whoever chooses it. */
    private static void requireOwnUploads(Person person, String path) {
        if (path == null || !NUMBERED.matcher(path).matches()) {
            return;
        }
        String own = UPLOADS + "/" + person.workspaceId() + "/" + person.id();
        if (!FolderChoice.holds(own, path)) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "uploadDir is " + path + ": numbered folders of " + UPLOADS
                            + " are kept for the people whose they are. Choose " + own
                            + ", a folder in it, or one with a name");
        }
    }

    /** Whoever sends back what was shown to them has chosen nothing. */
    private void set(String statement, Person person, FolderChoice choice, String byDefault) {
        database.sql(statement)
                .param("membership", person.membershipId())
                .param("path", byDefault.equals(choice.path()) ? null : choice.path())
                .update();
    }
}
