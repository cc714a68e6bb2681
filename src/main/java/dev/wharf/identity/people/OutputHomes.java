package dev.wharf.identity.people;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;

/**
 * Whose output home directory is whose: two people must not share one ({@code domain.md} §7), and what is in or around
 * another's would be shared as well. Defaults have an area of their own, so that nobody who comes later finds theirs
 * taken.
 */
final class OutputHomes {
    private static final String DEFAULTS = "/trifacta/queryResults";

    private final Database database;

    OutputHomes(Database database) {
        this.database = database;
    }

    /** One folder whatever the address: a slash in it would put one person's folder into another's. */
    static String byDefault(String email) {
        return DEFAULTS + "/" + email.replace("%", "%25").replace("/", "%2F");
    }

    /**
     * Lets a person have a folder; to be called while the workspace's other changes wait.
     *
     * @throws ProblemException 409 if it would be shared
     */
    void requireUnshared(Person person, String path) {
        String own = byDefault(person.email());
        if (FolderChoice.overlap(DEFAULTS, path) && !FolderChoice.holds(own, path)) {
            throw shared(
                    path + ": each folder in " + DEFAULTS + " is kept for the person whose address it bears. Choose "
                            + own + ", a folder in it, or one elsewhere");
        }
        database
                .sql("identity/other-output-homes")
                .param("workspace", person.workspaceId())
                .param("membership", person.membershipId())
                .query((row, number) -> new Home(row.getString("email"), row.getString("output_home_dir")))
                .list()
                .stream()
                .filter(home -> FolderChoice.overlap(home.path(), path))
                .findFirst()
                .ifPresent(home -> {
                    throw shared(path + ": " + home.email() + " has " + home.path()
                            + ", and two people must not share a folder, nor have one in the other's. Choose another");
                });
    }

    private record Home(String email, String path) {}

    private static ProblemException shared(String detail) {
        return new ProblemException(Problem.CONFLICT, "outputHomeDir is " + detail);
    }
}
