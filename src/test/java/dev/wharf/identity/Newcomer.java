package dev.wharf.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.api.Api;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Somebody whom an administrator has just added, with a token from the administrator. */
public record Newcomer(long id, long membershipId, String email, Api api) {
    public static final String PASSWORD = "correct horse battery staple";

    public static Newcomer add(Api administrator, String... roles) {
        JsonNode person = administrator
                .post(
                        "/v4/people",
                        Map.of(
                                "email",
                                UUID.randomUUID() + "@example.com",
                                "name",
                                "Newcomer",
                                "authorizationRoles",
                                List.of(roles),
                                "password",
                                PASSWORD))
                .json();
        JsonNode token = administrator
                .post(
                        "/v4/apiAccessTokens",
                        Map.of(
                                "lifetimeSeconds",
                                -1,
                                "personId",
                                person.path("id").asLong()))
                .json();
        return new Newcomer(
                person.path("id").asLong(),
                person.path("personWorkspaceId").asLong(),
                person.path("email").asText(),
                administrator.as(token.path("tokenValue").asText()));
    }

    /** Where the person is changed. */
    public String path() {
        return "/v4/workspaces/current/people/" + id;
    }
}
