package dev.wharf.identity.people;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Operation;
import java.util.List;
import java.util.Map;

/** The roles that people can have ({@code domain.md} §7); whoever has none of them may do what everybody may. */
public final class Roles {
    private static final List<Role> ALL = List.of(
            new Role(
                    Caller.WORKSPACE_ADMIN,
                    "Workspace admin",
                    "Manages people, tokens, base storage, the workspace's configuration and all of its connections"),
            new Role(Caller.DATA_ADMIN, "Data admin", "Browses all of base storage, and imports datasets from it"));

    /**
     * @param name as {@code authorizationRoles} takes it
     * @param description what it lets somebody do
     */
    public record Role(String name, String displayName, String description) {}

    static List<String> names() {
        return ALL.stream().map(Role::name).toList();
    }

    @Operation("listRoles")
    public Map<String, List<Role>> list() {
        return Map.of("data", ALL);
    }
}
