package dev.wharf.datasets;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.util.List;
import java.util.Map;

/**
 * Which datasets are asked for ({@code domain.md} §3.5), of those that the caller may see.
 *
 * @param owned only the caller's own
 * @param shared only other people's
 * @param owner whose; 0 for anybody's
 * @param connection on which connection; 0 for none
 * @param baseStorage in base storage, beside those on the connection
 * @param flow that reads them; 0 for any or none
 * @param schematized only those whose structure was found
 */
record DatasetFilter(
        boolean owned,
        boolean shared,
        long owner,
        long connection,
        boolean baseStorage,
        long flow,
        boolean schematized,
        ListQuery list) {
    private static final List<String> OWNERSHIPS = List.of("all", "owned", "shared");
    private static final Map<String, String> FILTERED =
            Map.of("name", "name", "description", "description", "bucket", "bucket", "path", "object_key");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "name", "name", "createdAt", "created_at", "updatedAt", "updated_at");

    /**
     * @throws ProblemException 400 naming a parameter that is malformed or can find nothing; 403 for other people's datasets
     *     where the caller is no administrator
     */
    static DatasetFilter of(Caller caller, Query query, DatasetList list) {
        String ownership = query.get("ownershipFilter").orElse("all");
        if (!OWNERSHIPS.contains(ownership)) {
            throw ProblemException.invalid("ownershipFilter", "must be all, owned or shared");
        }
        query.flag("hidden"); // no dataset is hidden, so that all come with it or without
        long owner = id(query, "userIdFilter");
        if (owner != 0 && owner != caller.personId()) {
            requireMember(caller, owner, list);
        }
        long connection = id(query, "connectionId");
        if (connection != 0 && !list.isConnection(caller, connection)) {
            throw ProblemException.invalid(
                    "connectionId", "is " + connection + ", and there is no such connection that you may see");
        }
        long flow = id(query, "flowId");
        if (flow != 0 && !list.isFlow(caller, flow)) {
            throw ProblemException.invalid("flowId", "is " + flow + ", and there is no such flow that you may see");
        }
        return new DatasetFilter(
                ownership.equals("owned"),
                ownership.equals("shared"),
                owner,
                connection,
                query.flag("baseStorage"),
                flow,
                query.flag("schematized"),
                ListQuery.of(query, "name", FILTERED, SORTED));
    }

    /** Whether it makes no difference where their files are. */
    boolean anywhere() {
        return connection == 0 && !baseStorage;
    }

    private static void requireMember(Caller caller, long person, DatasetList list) {
        if (!caller.isWorkspaceAdmin()) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "userIdFilter: only a member with the role " + Caller.WORKSPACE_ADMIN
                            + " may list other people's datasets; your own id is " + caller.personId());
        }
        if (!list.isMember(caller, person)) {
            throw ProblemException.invalid(
                    "userIdFilter", "is " + person + ", and there is no such person in this workspace");
        }
    }

    private static long id(Query query, String name) {
        String text = query.get(name).orElse("");
        if (query.get(name).isEmpty()) {
            return 0;
        }
        return Text.wholeNumber(text).stream()
                .filter(number -> number > 0)
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(name, "must be an id: a whole number from 1"));
    }
}
