package dev.wharf.datasets;

import dev.wharf.kernel.sql.Database;

/**
 * The ids of imported datasets and of what stands in flows, which are one sequence: a job is asked for by the id of a recipe or
 * of a dataset, and no id ever means both.
 */
public final class NodeIds {
    private NodeIds() {}

    /** An id that nothing has had. */
    public static long next(Database database) {
        return database.insert(database.sql("datasets/next-node-id"));
    }
}
