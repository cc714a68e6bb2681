package dev.wharf.connections;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/**
 * With whom a connection is to be shared, and as what ({@code domain.md} §3.2): each person in {@code data}, or, as newer
 * clients send it, all of {@code subjects} under one {@code policy}.
 *
 * @param connection where the path does not name it
 * @param connectionId the same, as newer clients send it
 */
public record ShareRequest(
        Reference connection, Long connectionId, List<Subject> data, String policy, Subjects subjects)
        implements RequestBody {

    /** A person, with a {@code policyTag} or, as older clients send it, a {@code role}. */
    public record Subject(Reference person, String role, String policyTag) {}

    /** @param person their numbers, or objects with an {@code id} */
    public record Subjects(List<JsonNode> person) {}

    /** A person and what they are given. */
    record Share(long personId, Grant grant) {}

    /**
     * Which connection the body names.
     *
     * @throws ProblemException 400 if it names none, or two
     */
    long namedConnection() {
        if (connection != null && connectionId != null && connection.id() != connectionId) {
            throw ProblemException.invalid("connectionId", "is another one than connection.id: send one of them");
        }
        if (connection == null && connectionId == null) {
            throw ProblemException.invalid("connectionId", "must be a connection's id (or connection {\"id\": …})");
        }
        return connection == null ? connectionId : connection.id();
    }

    /**
     * For a connection that the path names.
     *
     * @throws ProblemException 400 if the body names another one
     */
    void requireNamed(long id) {
        if ((connection != null || connectionId != null) && namedConnection() != id) {
            throw ProblemException.invalid("connectionId", "is another connection than the path's, which is " + id);
        }
    }

    /**
     * @throws ProblemException 400 if there is nobody in it, or one without an id or with an unknown grant
     */
    List<Share> shares() {
        if (subjects == null && policy == null) {
            return ofData();
        }
        if (data != null) {
            throw ProblemException.invalid("data", "is given beside policy and subjects: send one of the two forms");
        }
        Grant grant = Grant.ofPolicy(policy);
        return people().stream().map(person -> new Share(person, grant)).toList();
    }

    /**
     * Who is named, in either form; what they are to be given does not matter.
     *
     * @throws ProblemException 400 if there is nobody in it, or one without an id
     */
    List<Long> people() {
        if (subjects == null) {
            List<Long> people = new ArrayList<>();
            for (int index = 0; index < dataGiven().size(); index++) {
                people.add(person(index));
            }
            return people;
        }
        List<JsonNode> people = subjects.person();
        if (people == null || people.isEmpty()) {
            throw ProblemException.invalid("subjects.person", "must be an array of at least one person's id");
        }
        return people.stream().map(ShareRequest::id).toList();
    }

    private static long id(JsonNode person) {
        JsonNode id = person.isObject() ? person.path("id") : person;
        if (!id.asText().matches("\\d{1,18}")) {
            throw ProblemException.invalid("subjects.person", "must be people's ids, or {\"id\": <person's id>}");
        }
        return Long.parseLong(id.asText());
    }

    private List<Share> ofData() {
        List<Share> shares = new ArrayList<>();
        for (int index = 0; index < dataGiven().size(); index++) {
            Subject subject = data.get(index);
            long person = person(index);
            shares.add(new Share(person, Grant.ofShare("data[" + index + "]", subject.role(), subject.policyTag())));
        }
        return shares;
    }

    private List<Subject> dataGiven() {
        if (data == null || data.isEmpty()) {
            throw ProblemException.invalid(
                    "data", "must be an array of at least one {person, policyTag}; or send policy and subjects");
        }
        return data;
    }

    private long person(int index) {
        Subject subject = data.get(index);
        if (subject == null || subject.person() == null) {
            throw ProblemException.invalid("data[" + index + "].person", "must be {\"id\": <person's id>}");
        }
        return subject.person().id();
    }
}
