package dev.wharf.identity.people;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The body that changes a person ({@code domain.md} §3.9), checked; what is null stays as it is.
 *
 * @param email not to be changed, and taken from clients that send back what they have read
 */
@AlsoTaken(any = {"id", "uuid", "personWorkspaceId", "workspace", "createdAt", "updatedAt"})
public record PersonChange(
        String email,
        String name,
        Boolean isDisabled,
        Set<String> roles,
        Secret password,
        FolderChoice outputHomeDir,
        FolderChoice uploadDir)
        implements RequestBody {

    @JsonCreator
    static PersonChange of(
            @JsonProperty("email") String email,
            @JsonProperty("name") String name,
            @JsonProperty("isDisabled") Boolean isDisabled,
            @JsonProperty("authorizationRoles") @JsonAlias("roles") List<String> roles,
            @JsonProperty("password") String password,
            @JsonProperty("outputHomeDir") JsonNode outputHomeDir,
            @JsonProperty("uploadDir") JsonNode uploadDir) {
        if (Stream.of(email, name, isDisabled, roles, password, outputHomeDir, uploadDir)
                .allMatch(Objects::isNull)) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "The body names nothing that can be changed: send one or more of name, isDisabled,"
                            + " authorizationRoles, password, outputHomeDir, uploadDir");
        }
        var faults = new Faults();
        String checkedName = faults.get(() -> PersonFields.name(name));
        Set<String> checkedRoles = faults.get(() -> PersonFields.roles(roles));
        Secret checkedPassword = faults.get(() -> PersonFields.password(password));
        FolderChoice outputHome = faults.get(() -> FolderChoice.outputHome(outputHomeDir));
        FolderChoice uploads = faults.get(() -> FolderChoice.uploads(uploadDir));
        faults.refuse();
        return new PersonChange(email, checkedName, isDisabled, checkedRoles, checkedPassword, outputHome, uploads);
    }

    /**
     * Of nothing but the folders.
     *
     * @param outputHomeDir text, JSON's null for the default, or Java's to leave it as it is
     * @param uploadDir the same
     * @throws ProblemException 400 naming the field
     */
    public static PersonChange ofFolders(JsonNode outputHomeDir, JsonNode uploadDir) {
        return new PersonChange(
                null, null, null, null, null, FolderChoice.outputHome(outputHomeDir), FolderChoice.uploads(uploadDir));
    }

    /**
     * @throws ProblemException 400 if another address is given than the person's
     */
    void requireSameAddress(Person person) {
        if (email != null && !email.equalsIgnoreCase(person.email())) {
            throw ProblemException.invalid(
                    "email", "cannot be changed: add a person with the new address, and disable this one");
        }
    }

    /** What is changed of whom, for the record. */
    String summary(long personId) {
        List<String> parts = new ArrayList<>();
        parts.add("person " + personId);
        if (name != null) {
            parts.add("name");
        }
        if (isDisabled != null) {
            parts.add("isDisabled " + isDisabled);
        }
        if (roles != null) {
            parts.add("authorizationRoles " + roles);
        }
        if (password != null) {
            parts.add("password");
        }
        if (outputHomeDir != null) {
            parts.add("outputHomeDir " + outputHomeDir);
        }
        if (uploadDir != null) {
            parts.add("uploadDir " + uploadDir);
        }
        return String.join(", ", parts);
    }

    /** Whether it changes what the person may do, and not only who they are. */
    boolean concernsRights() {
        return isDisabled != null || roles != null;
    }
}
