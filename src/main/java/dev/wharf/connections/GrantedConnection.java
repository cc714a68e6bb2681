package dev.wharf.connections;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;

/**
 * A connection as one person has it.
 *
 * @param given what they were given: it is theirs, public or shared with them; null for none of it
 * @param managing whether they administer the workspace: administrators manage every connection in it, and use only those
 *     that they were given ({@code domain.md} §2.5)
 */
record GrantedConnection(Connection connection, Grant given, boolean managing) {

    /** What they may do with it; null for nothing at all. */
    Grant grant() {
        return managing ? Grant.OWNER : given;
    }

    /** Whether it is theirs, or theirs to administer. */
    boolean isOwners() {
        return grant() == Grant.OWNER;
    }

    /**
     * @param action for the message: what is to be done
     * @throws ProblemException 403 if it takes more than they were given
     */
    void require(Grant needed, String action) {
        if (!grant().includes(needed)) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "Connection " + connection.id() + ": to " + action + " takes "
                            + (needed == Grant.OWNER
                                    ? "its owner or an administrator"
                                    : "an editor; its owner, editors and administrators can make you one"));
        }
    }

    /**
     * @throws ProblemException 403 for an administrator with whom it was not shared
     */
    void requireUsable() {
        if (given == null) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "Connection " + connection.id()
                            + " is private to others: an administrator can manage it, and use it"
                            + " only once it is shared with them");
        }
    }
}
