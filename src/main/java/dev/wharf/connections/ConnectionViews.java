package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How one caller is shown connections. */
final class ConnectionViews {
    private static final String CREATOR = "creator";
    private static final String UPDATER = "updater";

    private final ConnectionTable table;
    private final Caller caller;
    private final Set<String> embedded;

    ConnectionViews(ConnectionTable table, Caller caller, Query query) {
        this.table = table;
        this.caller = caller;
        this.embedded = query.embedded(CREATOR, UPDATER);
    }

    /** As whoever has just registered it is shown it. */
    static ConnectionView ofNew(Connection connection) {
        Party owner = Party.reference(connection.ownerId());
        return ConnectionView.of(connection, true, owner, owner);
    }

    List<ConnectionView> of(List<Held> held) {
        List<Connection> connections = held.stream().map(Held::connection).toList();
        Map<Long, Party> people = embedded.isEmpty() ? Map.of() : table.people(ids(connections));
        return connections.stream()
                .map(connection -> ConnectionView.of(
                        connection,
                        table.credentials().has(connection.id(), connection.credentialOwner(caller.personId())),
                        party(CREATOR, connection.ownerId(), people),
                        party(UPDATER, connection.updaterId(), people)))
                .toList();
    }

    private static Set<Long> ids(List<Connection> connections) {
        Set<Long> ids = new HashSet<>();
        connections.forEach(connection -> {
            ids.add(connection.ownerId());
            ids.add(connection.updaterId());
        });
        return ids;
    }

    private Party party(String association, long id, Map<Long, Party> people) {
        return embedded.contains(association) ? people.get(id) : Party.reference(id);
    }
}
