package dev.wharf.polling;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.store.ObjectInfo;
import java.time.Instant;
import java.util.List;

/**
 * What is sent to {@code jms:topic:imports.arrived} of objects that a schedule has seen for the first time in this version;
 * at least once, so that consumers drop what comes twice by its id.
 *
 * @param source where they are, as the schedule says it
 * @param objects a thousand at most
 */
record ArrivalMessage(
        String id, long scheduleId, long workspaceId, JsonNode source, Instant recordedAt, List<Arrived> objects) {

    /**
     * @param size in bytes
     * @param etag null where the store sends none
     * @param lastModified null where the store does not tell
     */
    record Arrived(String key, long size, String etag, Instant lastModified) {
        static Arrived of(ObjectInfo object) {
            return new Arrived(
                    object.key(), object.size(), object.etag().isEmpty() ? null : object.etag(), object.lastModified());
        }
    }
}
