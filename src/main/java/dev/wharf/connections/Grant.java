package dev.wharf.connections;

import dev.wharf.kernel.problem.ProblemException;
import java.util.Locale;
import java.util.Optional;

/** What a person may do with a connection; each grant holds those before it ({@code domain.md} §2.5). */
enum Grant {
    /** Browse, import, run, and share it on to other viewers. */
    VIEWER("connection_viewer"),
    /** Change its properties. */
    EDITOR("connection_editor"),
    /** Delete it. Never given by sharing. */
    OWNER("connection_owner");

    private final String policyTag;

    Grant(String policyTag) {
        this.policyTag = policyTag;
    }

    String policyTag() {
        return policyTag;
    }

    String columnValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word of the clients before policy tags. They knew no editors: whoever is not the owner could only read. */
    String role() {
        return this == OWNER ? "owner" : "readOnly";
    }

    boolean includes(Grant other) {
        return compareTo(other) >= 0;
    }

    /** Null for null. */
    static Grant ofColumn(String value) {
        return value == null ? null : valueOf(value.toUpperCase(Locale.ROOT));
    }

    /**
     * Reads the policy of all subjects of a share.
     *
     * @throws ProblemException 400 for anything but a viewer's or an editor's
     */
    static Grant ofPolicy(String policy) {
        return known(policy)
                .orElseThrow(
                        () -> ProblemException.invalid("policy", "must be connection_viewer or connection_editor"));
    }

    /**
     * Reads what a share gives: a policy tag, or a role as older clients say it.
     *
     * @param field for the message
     * @throws ProblemException 400 for anything but a viewer or an editor
     */
    static Grant ofShare(String field, String role, String policyTag) {
        if (role != null && policyTag != null && ofShare(field, role, null) != ofShare(field, null, policyTag)) {
            throw ProblemException.invalid(field, "has a role that contradicts its policyTag: send one of them");
        }
        return known(policyTag == null ? role : policyTag)
                .orElseThrow(() -> ProblemException.invalid(
                        field, "needs a policyTag: connection_viewer or connection_editor (or the role readOnly)"));
    }

    private static Optional<Grant> known(String asked) {
        return switch (asked == null ? "" : asked) {
            case "connection_viewer", "readOnly" -> Optional.of(VIEWER);
            case "connection_editor" -> Optional.of(EDITOR);
            default -> Optional.empty();
        };
    }
}
