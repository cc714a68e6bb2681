package dev.wharf.connections;

import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which connections a list has ({@code domain.md} §3.1, §3.2).
 *
 * @param role as which the caller has them, or {@code any}
 * @param matches whether {@code vendors[]} and {@code operations[]} leave any: all are of one vendor and can do both
 */
record ConnectionList(ListQuery query, String role, boolean matches) {
    private static final Map<String, String> FILTERED =
            Map.of("name", "name", "description", "description", "bucket", "default_bucket");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "name", "unique_name", "createdAt", "created_at", "updatedAt", "updated_at");
    private static final Map<String, String> ROLES = Map.of(
            "owner",
            "owner",
            "connection_owner",
            "owner",
            "editor",
            "editor",
            "connection_editor",
            "editor",
            "viewer",
            "viewer",
            "connection_viewer",
            "viewer",
            "readOnly",
            "viewer");
    private static final Set<String> OPERATIONS = Set.of("import", "publish", "both", "none");

    static ConnectionList of(Query query) {
        String role = query.get("sharedRole")
                .map(asked -> {
                    if (!ROLES.containsKey(asked)) {
                        throw ProblemException.invalid("sharedRole", "must be owner, editor or viewer");
                    }
                    return ROLES.get(asked);
                })
                .orElse("any");
        List<String> operations = names(query, "operations[]");
        if (!OPERATIONS.containsAll(operations)) {
            throw ProblemException.invalid("operations[]", "must be of import, publish, both, none");
        }
        List<String> vendors = names(query, "vendors[]");
        boolean matches = (vendors.isEmpty() || vendors.contains("aws"))
                && (operations.isEmpty() || !operations.equals(List.of("none")));
        return new ConnectionList(ListQuery.of(query, "name", FILTERED, SORTED), role, matches);
    }

    private static List<String> names(Query query, String parameter) {
        return query.get(parameter).map(value -> List.of(value.split(","))).orElse(List.of());
    }
}
