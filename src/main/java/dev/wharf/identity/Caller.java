package dev.wharf.identity;

import dev.wharf.kernel.Admission;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Set;

/**
 * The person for whom something is done, as a member of a workspace.
 *
 * @param membershipId the <i>person-workspace id</i> of {@code x-trifacta-person-workspace-id}
 * @param origin how their wish came to the service
 */
public record Caller(long membershipId, long personId, long workspaceId, String email, Set<String> roles, Origin origin)
        implements Admission.Guest {
    public static final String WORKSPACE_ADMIN = "workspaceAdmin";
    public static final String DATA_ADMIN = "dataAdmin";

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Somebody for whom the service does something by itself. */
    public Caller(long membershipId, long personId, long workspaceId, String email, Set<String> roles) {
        this(membershipId, personId, workspaceId, email, roles, Origin.SERVICE);
    }

    /** The same person, by another way. */
    public Caller by(Origin other) {
        return new Caller(membershipId, personId, workspaceId, email, roles, other);
    }

    /** The same person, with what everybody may. */
    public Caller withoutRoles() {
        return new Caller(membershipId, personId, workspaceId, email, Set.of(), origin);
    }

    public boolean isWorkspaceAdmin() {
        return roles.contains(WORKSPACE_ADMIN);
    }

    /**
     * @param what what only administrators may do, as the end of "… may"
     * @throws ProblemException 403 for everybody else, naming the role
     */
    public void requireWorkspaceAdmin(String what) {
        if (!isWorkspaceAdmin()) {
            throw new ProblemException(
                    Problem.FORBIDDEN, "Only a member with the role " + WORKSPACE_ADMIN + " may " + what);
        }
    }

    /** Whether all of base storage is theirs to browse and import from ({@code seed.txt}, <i>Reading from sources</i>). */
    public boolean isDataAdmin() {
        return roles.contains(DATA_ADMIN);
    }
}
