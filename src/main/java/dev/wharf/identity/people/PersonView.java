package dev.wharf.identity.people;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.Made;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.api.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * A person as the API shows them to the members of their workspace.
 *
 * @param outputHomeDir where in base storage their results go, chosen or by default
 * @param uploadDir where in base storage their uploads go, chosen or by default
 * @param personWorkspaceId the membership: what stands in {@code x-trifacta-person-workspace-id}
 */
public record PersonView(
        long id,
        String uuid,
        String email,
        String name,
        @JsonProperty("isDisabled") boolean isDisabled,
        List<String> authorizationRoles,
        String outputHomeDir,
        String uploadDir,
        long personWorkspaceId,
        Reference workspace,
        Instant createdAt,
        Instant updatedAt)
        implements Made, Versioned {

    @Override
    public String location() {
        return "/v4/people/" + id;
    }

    static PersonView of(Person person) {
        return new PersonView(
                person.id(),
                person.uuid(),
                person.email(),
                person.name(),
                person.isDisabled(),
                person.roles().stream().sorted().toList(),
                person.folders().outputHomeDir(),
                person.folders().uploadDir(),
                person.membershipId(),
                new Reference(person.workspaceId()),
                person.createdAt(),
                person.updatedAt());
    }
}
