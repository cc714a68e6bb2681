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
        return ConnectionView.of(new Held(connection, Grant.OWNER, false), true, owner, owner);
    }

    List<ConnectionView> of(List<Held> held) {
        Map<Long, Party> people = embedded.isEmpty() ? Map.of() : table.people(ids(held));
        return held.stream().map(one -> of(one, people)).toList();
    }

    private ConnectionView of(Held held, Map<Long, Party> people) {
        Connection connection = held.connection();
        return ConnectionView.of(
                held,
                table.credentials().has(connection.id(), connection.credentialOwner(caller.personId())),
                party(CREATOR, connection.ownerId(), people),
                party(UPDATER, connection.updaterId(), people));
    }

    private static Set<Long> ids(List<Held> held) {
        Set<Long> ids = new HashSet<>();
        held.forEach(one -> {
            ids.add(one.connection().ownerId());
            ids.add(one.connection().updaterId());
        });
        return ids;
    }

    private Party party(String association, long id, Map<Long, Party> people) {
        return embedded.contains(association) ? people.get(id) : Party.reference(id);
    }
}
