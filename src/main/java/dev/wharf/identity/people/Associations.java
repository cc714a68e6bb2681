package dev.wharf.identity.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.sql.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Shows more than the id of the people and the workspace that an answer's objects refer to, where {@code embed} asks for it
 * ({@code domain.md} §3.1).
 */
public final class Associations {
    private static final List<String> PEOPLE = List.of("creator", "updater");
    private static final String WORKSPACE = "workspace";

    private final Database database;
    private final Workspaces workspaces;

    public Associations(Database database) {
        this.database = database;
        this.workspaces = new Workspaces(database);
    }

    /** What {@code embed} may name: these, and what the objects have beside them. */
    public static List<String> with(String... others) {
        return Stream.concat(Stream.of(others), Stream.concat(PEOPLE.stream(), Stream.of(WORKSPACE)))
                .toList();
    }

    private record Person(long id, String email, String name) {}

    /**
     * @param answer one object, or a list of them under {@code data}
     * @return the same answer where the query does not ask
     */
    public Object show(Caller caller, Query query, Object answer) {
        var embedded = Embedded.of(query);
        List<String> people = PEOPLE.stream().filter(embedded::has).toList();
        if (people.isEmpty() && !embedded.has(WORKSPACE)) {
            return answer;
        }
        JsonNode document = Json.tree(answer);
        List<ObjectNode> objects = new ArrayList<>();
        (document.path("data").isArray() ? document.path("data") : List.of(document))
                .forEach(object -> objects.add((ObjectNode) object));
        Map<Long, Person> known = people(objects, people);
        for (ObjectNode object : objects) {
            for (String association : people) {
                Person person = known.get(object.path(association).path("id").asLong());
                if (person != null) {
                    object.set(association, embedded.show(association, person));
                }
            }
            if (embedded.has(WORKSPACE)) {
                object.set(WORKSPACE, embedded.show(WORKSPACE, workspaces.get(caller, "current")));
            }
        }
        return document;
    }

    private Map<Long, Person> people(List<ObjectNode> objects, List<String> associations) {
        List<Long> ids = objects.stream()
                .flatMap(object -> associations.stream()
                        .map(name -> object.path(name).path("id").asLong()))
                .distinct()
                .toList();
        Map<Long, Person> people = new HashMap<>();
        if (!ids.isEmpty()) {
            database.sql("identity/people-by-id").param("ids", ids).query(row -> {
                people.put(
                        row.getLong("id"),
                        new Person(row.getLong("id"), row.getString("email"), row.getString("name")));
            });
        }
        return people;
    }
}
