package dev.wharf.connections;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;

/**
 * A connection as one person has it.
 *
 * @param grant what they may do with it
 * @param usable whether they may use its key pair: administrators manage every connection of the workspace, and use
 *     only those that are theirs, public or shared with them ({@code domain.md} §2.5)
 */
record Held(Connection connection, Grant grant, boolean usable) {

    /**
     * @param deed for the message: what is to be done
     * @throws ProblemException 403 if it takes more than they were given
     */
    void require(Grant needed, String deed) {
        if (!grant.includes(needed)) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "Connection " + connection.id() + ": to " + deed + " takes "
                            + (needed == Grant.OWNER
                                    ? "its owner or an administrator"
                                    : "an editor; its owner, editors and administrators can make you one"));
        }
    }

    /**
     * @throws ProblemException 403 for an administrator with whom it was not shared
     */
    void requireUsable() {
        if (!usable) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "Connection " + connection.id()
                            + " is private to others: an administrator can manage it, and use it"
                            + " only once it is shared with them");
        }
    }
}
