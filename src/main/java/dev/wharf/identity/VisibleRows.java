package dev.wharf.identity;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Which rows somebody sees: their own, and a workspace administrator all of the workspace. */
public final class VisibleRows {
    private VisibleRows() {}

    /** Fills {@code :workspace}, {@code :person} and {@code :all} of a statement. */
    public static StatementSpec of(StatementSpec statement, Caller caller) {
        return statement
                .param("workspace", caller.workspaceId())
                .param("person", caller.personId())
                .param("all", caller.isWorkspaceAdmin());
    }
}
