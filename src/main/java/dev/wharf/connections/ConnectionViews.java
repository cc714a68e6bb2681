package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.identity.people.Associations;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.Query;
import java.util.List;

/** How one caller is shown connections. */
final class ConnectionViews {
    private final ConnectionTable table;
    private final Caller caller;

    /** @param query whose {@code embed} may name people and the workspace */
    ConnectionViews(ConnectionTable table, Caller caller, Query query) {
        this.table = table;
        this.caller = caller;
        Embedded.of(query, Associations.with());
    }

    /** As whoever has just registered it is shown it. */
    static ConnectionView ofNew(Connection connection) {
        return ConnectionView.of(new GrantedConnection(connection, Grant.OWNER, false), true);
    }

    List<ConnectionView> of(List<GrantedConnection> granted) {
        return granted.stream().map(this::of).toList();
    }

    private ConnectionView of(GrantedConnection granted) {
        Connection connection = granted.connection();
        return ConnectionView.of(
                granted, table.credentials().has(connection.id(), connection.credentialOwner(caller.personId())));
    }
}
