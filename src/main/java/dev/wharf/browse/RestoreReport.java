package dev.wharf.browse;

import java.util.List;
import java.util.Map;

/**
 * What has come of a request to restore.
 *
 * @param counts of all objects that were looked at, by status
 * @param more whether archived objects are left that were not asked for yet: the same request goes on with them
 * @param data the first of the objects, with what has come of each
 */
public record RestoreReport(Map<Status, Long> counts, boolean more, List<Row> data) {
    /** What has come of one object. */
    public enum Status {
        /** The store has begun to make the copy. */
        requested,
        /** It had been asked for before, and is being made. */
        inProgress,
        /** It is there, and stays as long as was asked for then. */
        restored,
        /** The object can be read as it is. */
        notArchived,
        /** The store refuses it. */
        refused
    }

    /**
     * @param detail why it is refused, or until when the copy is there; else null
     */
    public record Row(String uri, Status status, String detail) {}
}
