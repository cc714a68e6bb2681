package dev.wharf.identity.people;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Secret;
import java.util.List;
import java.util.Set;

/**
 * The body that adds a person to the workspace, checked.
 *
 * @param password for HTTP Basic; null for a person who comes with tokens alone
 */
public record PersonRequest(String email, String name, Set<String> roles, Secret password) implements RequestBody {

    @JsonCreator
    static PersonRequest of(
            @JsonProperty("email") String email,
            @JsonProperty("name") String name,
            @JsonProperty("authorizationRoles") @JsonAlias("roles") List<String> roles,
            @JsonProperty("password") String password) {
        var faults = new Faults();
        String checkedEmail = faults.get(() -> PersonFields.email(email));
        String checkedName = faults.get(() -> requireName(name));
        Set<String> checkedRoles = faults.get(() -> roles == null ? Set.of() : PersonFields.roles(roles));
        Secret checkedPassword = faults.get(() -> PersonFields.password(password));
        faults.refuse();
        return new PersonRequest(checkedEmail, checkedName, checkedRoles, checkedPassword);
    }

    private static String requireName(String name) {
        if (name == null) {
            throw ProblemException.invalid("name", "is missing");
        }
        return PersonFields.name(name);
    }

    /** Who it was that was added, for the record. */
    String summary(long personId) {
        return "person " + personId + ", " + email + ", authorizationRoles " + roles;
    }
}
