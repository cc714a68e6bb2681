package dev.wharf.credentials;

import dev.wharf.kernel.problem.ProblemException;

/**
 * Whether IAM roles may be assumed here: a limit of the described system ({@code domain.md} §2.6) that an operator lifts.
 *
 * @param allowed {@code wharf.limits.iam-roles}
 */
public record RoleRules(boolean allowed) {
    /**
     * @param field of the request that asks for a role
     * @param value what it says
     * @param otherwise the value to send instead
     * @throws ProblemException 400 naming the field, where roles are off
     */
    public void require(String field, String value, String otherwise) {
        if (!allowed) {
            throw ProblemException.invalid(
                    field,
                    "is " + value + ", and IAM roles are off here: use " + otherwise
                            + ", or an operator sets wharf.limits.iam-roles=true");
        }
    }
}
