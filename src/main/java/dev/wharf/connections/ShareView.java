package dev.wharf.connections;

import dev.wharf.kernel.api.Reference;
import java.time.Instant;

/**
 * Who has a connection, and as what; for older clients in their shape as well ({@code domain.md} §3.2).
 *
 * @param id the person's
 */
public record ShareView(
        long id,
        String name,
        String email,
        String role,
        String policyTag,
        Instant createdAt,
        Instant updatedAt,
        Reference person,
        Reference connection,
        Permission connectionpermission) {

    /** The shape of the releases before 7. */
    public record Permission(long connectionId, long personId, String role) {}

    static ShareView of(
            long connectionId,
            long personId,
            String name,
            String email,
            Grant grant,
            Instant createdAt,
            Instant updatedAt) {
        return new ShareView(
                personId,
                name,
                email,
                grant.role(),
                grant.policyTag(),
                createdAt,
                updatedAt,
                new Reference(personId),
                new Reference(connectionId),
                new Permission(connectionId, personId, grant.role()));
    }
}
