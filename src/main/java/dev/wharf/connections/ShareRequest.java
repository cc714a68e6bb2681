package dev.wharf.connections;

import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * With whom a connection is to be shared, and as what ({@code domain.md} §3.2).
 *
 * @param connection where the path does not name it
 */
public record ShareRequest(Reference connection, List<Subject> data) {

    /** A person, with a {@code policyTag} or, as older clients send it, a {@code role}. */
    public record Subject(Reference person, String role, String policyTag) {}

    /** A person and what they are given. */
    record Share(long personId, Grant grant) {}

    /**
     * @throws ProblemException 400 if there is nobody in it, or one without an id or with an unknown grant
     */
    List<Share> shares() {
        if (data == null || data.isEmpty()) {
            throw ProblemException.invalid("data", "must be an array of at least one {person, policyTag}");
        }
        List<Share> shares = new ArrayList<>();
        for (int index = 0; index < data.size(); index++) {
            Subject subject = data.get(index);
            if (subject == null || subject.person() == null) {
                throw ProblemException.invalid("data[" + index + "].person", "must be {\"id\": <person's id>}");
            }
            shares.add(new Share(
                    subject.person().id(), Grant.ofShare("data[" + index + "]", subject.role(), subject.policyTag())));
        }
        return shares;
    }
}
