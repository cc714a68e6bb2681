package dev.wharf.polling.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.polling.events.ObjectEvent.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what arrives in a queue of events (AWS, <i>Amazon S3 Event Notifications</i>): S3's own messages, those that an SNS
 * topic has put into its envelope or passed on raw, and EventBridge's. All of them may come to one queue. Of a version's new
 * fields nothing is said; another major version is not guessed at.
 */
public final class EventMessage {
    private static final String S3_MAJOR = "2.";
    private static final String EVENT_BRIDGE_MAJOR = "1.";

    /** An event in EventBridge's form, in an envelope of SNS: no more is in one another. */
    private static final int DEEPEST = 2;

    private EventMessage() {}

    /**
     * The events of a message, in its order; none for a test that S3 sends when notifications are set up.
     *
     * @throws UnreadableEventException saying what is wrong
     */
    public static List<ObjectEvent> read(String body) {
        return read(body, 0);
    }

    private static List<ObjectEvent> read(String body, int depth) {
        JsonNode message = parsed(body);
        if (!message.isObject()) {
            throw new UnreadableEventException("it is no JSON object");
        }
        if (message.has("Records")) {
            return records(message.get("Records"));
        }
        if (message.has("detail-type")) {
            return List.of(ofEventBridge(message));
        }
        if ("s3:TestEvent".equals(message.path("Event").asText())) {
            return List.of();
        }
        if (message.has("TopicArn") && depth < DEEPEST) {
            return ofTopic(message, depth);
        }
        throw new UnreadableEventException(
                "it is neither an event of S3 (Records), nor one of EventBridge (detail-type), nor"
                        + " the envelope of an SNS topic (TopicArn)");
    }

    private static JsonNode parsed(String body) {
        try {
            JsonNode read = Json.mapper().readTree(body == null ? "" : body);
            return read == null || read.isMissingNode() ? unreadable("it is empty") : read;
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            return unreadable("it is no JSON"
                    + (place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")"));
        }
    }

    private static JsonNode unreadable(String reason) {
        throw new UnreadableEventException(reason);
    }

    private static List<ObjectEvent> ofTopic(JsonNode envelope, int depth) {
        String type = envelope.path("Type").asText();
        if (!type.equals("Notification")) {
            throw new UnreadableEventException("it is a " + type + " of the topic "
                    + envelope.path("TopicArn").asText()
                    + ": whoever has the topic confirms the queue's subscription there");
        }
        return read(text(envelope, "Message"), depth + 1);
    }

    private static List<ObjectEvent> records(JsonNode records) {
        if (!records.isArray()) {
            throw new UnreadableEventException("Records is no array");
        }
        List<ObjectEvent> events = new ArrayList<>();
        records.forEach(each -> events.add(ofS3(each)));
        return events;
    }

    private static ObjectEvent ofS3(JsonNode event) {
        requireVersion("eventVersion", event.path("eventVersion"), S3_MAJOR);
        String source = text(event, "eventSource");
        if (!source.endsWith(":s3")) {
            throw new UnreadableEventException("its eventSource is " + source + ", no store");
        }
        JsonNode s3 = event.path("s3");
        return new ObjectEvent(
                kindOf(text(event, "eventName")),
                text(s3.path("bucket"), "name"),
                unicode(EventKeys.decode(text(s3.path("object"), "key"))));
    }

    /** Stores other than AWS write the prefix of the configuration as well. */
    private static Kind kindOf(String eventName) {
        String name = eventName.startsWith("s3:") ? eventName.substring("s3:".length()) : eventName;
        if (name.startsWith("ObjectCreated:")) {
            return Kind.CREATED;
        }
        if (name.equals("ObjectRestore:Completed")) {
            return Kind.RESTORED;
        }
        return name.startsWith("ObjectRemoved:") || name.startsWith("LifecycleExpiration:") ? Kind.REMOVED : Kind.OTHER;
    }

    /** Here keys are as they are in the store. */
    private static ObjectEvent ofEventBridge(JsonNode event) {
        String source = text(event, "source");
        if (!source.equals("aws.s3")) {
            throw new UnreadableEventException("its source is " + source + ", and not aws.s3");
        }
        JsonNode detail = event.path("detail");
        requireVersion("detail.event-version", detail.path("event-version"), EVENT_BRIDGE_MAJOR);
        Kind kind =
                switch (text(event, "detail-type")) {
                    case "Object Created" -> Kind.CREATED;
                    case "Object Restore Completed" -> Kind.RESTORED;
                    case "Object Deleted" -> Kind.REMOVED;
                    default -> Kind.OTHER;
                };
        return new ObjectEvent(kind, text(detail.path("bucket"), "name"), unicode(text(detail.path("object"), "key")));
    }

    /** Stores other than AWS, and older events of EventBridge, leave it out. */
    private static void requireVersion(String field, JsonNode version, String major) {
        if (!version.isMissingNode() && !version.asText().startsWith(major)) {
            throw new UnreadableEventException(
                    "its " + field + " is " + version.asText() + ", and only " + major + "x is known here");
        }
    }

    private static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw new UnreadableEventException("it has no " + field);
        }
        return value.asText();
    }

    private static String unicode(String key) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
            throw new UnreadableEventException("the key is not valid Unicode");
        }
        return key;
    }
}
