package dev.wharf.connections;

import dev.wharf.identity.Associations;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.Embedded;
import dev.wharf.kernel.Query;
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
        return ConnectionView.of(new Held(connection, Grant.OWNER, false), true);
    }

    List<ConnectionView> of(List<Held> held) {
        return held.stream().map(this::of).toList();
    }

    private ConnectionView of(Held held) {
        Connection connection = held.connection();
        return ConnectionView.of(
                held, table.credentials().has(connection.id(), connection.credentialOwner(caller.personId())));
    }
}
