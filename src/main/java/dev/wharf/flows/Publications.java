package dev.wharf.flows;

import dev.wharf.identity.Caller;
import dev.wharf.identity.people.Associations;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** Publications, which are tables that a recipe writes: there are none, as results are files in S3 alone. */
public final class Publications {
    static final String NO_TABLES =
            "names a table, and results are written as files to S3 alone: say where by write settings (/v4/writeSettings)";

    /**
     * @throws ProblemException 400 always, naming the target
     */
    @Operation("createPublication")
    public void create(Caller caller, Unsupported request) {
        String target = request.text("targetType");
        throw target.isEmpty()
                ? ProblemException.invalid("A publication", NO_TABLES)
                : ProblemException.invalid("targetType", target + " " + NO_TABLES);
    }

    /** Nothing. */
    @Operation("listPublications")
    public Page<Object> list(Caller caller, Query query) {
        Embedded.of(query, Associations.with());
        return Page.of(query, (limit, offset) -> List.of(), () -> 0);
    }

    /** Nothing. */
    @Operation("countPublications")
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", 0L);
    }

    /**
     * @throws ProblemException 404 always: there are none
     */
    @Operation({"getPublication", "deletePublication"})
    public void get(Caller caller, long id) {
        throw Ids.notFound("publication", id);
    }

    /**
     * @throws ProblemException 404 always: there are none
     */
    @Operation({"patchPublication"})
    public void patch(Caller caller, long id, Unsupported request) {
        get(caller, id);
    }
}
