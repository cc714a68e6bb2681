package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.polling.events.EventMessage;
import dev.wharf.polling.events.ObjectEvent;
import dev.wharf.store.ObjectInfo;
import dev.wharf.testing.MemoryStore;
import dev.wharf.testing.RouteTest;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** A message counts as done when all that it tells of is recorded, and not before. */
class NotificationsRouteTest extends RouteTest {
    private final List<String> done = new ArrayList<>();
    private String unrecordable = "";

    NotificationsRouteTest() {
        super("notifications");
    }

    /** Stands in for the notifications of a schedule. */
    public final class Told {
        public List<ObjectEvent> events(String body) {
            return EventMessage.read(body);
        }

        public Object begin(long scheduleId) {
            done.add("begin " + scheduleId);
            return new Notified();
        }

        public List<ObjectInfo> find(Object source, Object file, List<ObjectEvent> events) {
            return events.stream()
                    .map(ObjectEvent::key)
                    .filter(key -> !key.equals("gone"))
                    .map(MemoryStore::object)
                    .toList();
        }

        public void record(Object notified, List<ObjectInfo> objects) {
            for (ObjectInfo object : objects) {
                if (object.key().equals(unrecordable)) {
                    throw new IllegalStateException("the registry is away");
                }
                done.add("record " + object.key());
            }
        }

        public void makeDue(Object notified) {
            done.add("due");
        }
    }

    public static final class Notified {
        public String getOwner() {
            return "owner";
        }

        public String getSource() {
            return "source";
        }
    }

    /** Stands in for imports. */
    public static final class Imported {
        public Source lookAt(Object caller, String source) {
            return new Source();
        }

        public List<ObjectInfo> data(Object source, List<ObjectInfo> objects) {
            return objects.stream()
                    .filter(object -> !object.key().startsWith("_"))
                    .toList();
        }
    }

    public static final class Source {
        public Object getFile() {
            return null;
        }
    }

    @Override
    protected void bindOutside(Registry registry) {
        registry.bind("notifications", new Told());
        registry.bind("imports", new Imported());
        registry.bind("notificationRoutes", new Object() {
            @SuppressWarnings("unused")
            public void setRight() {}
        });
    }

    private Exchange message(String body) {
        return template.send("direct:recordNotified", exchange -> {
            exchange.setVariable("scheduleId", 7L);
            exchange.getMessage().setBody(body);
        });
    }

    private static String event(String... keys) {
        return "{\"Records\":["
                + String.join(
                        ",",
                        List.of(keys).stream()
                                .map(key -> "{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":"
                                        + "{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"" + key + "\"}}}")
                                .toList())
                + "]}";
    }

    @Test
    void whatIsThereAndIsDataIsRecordedThenTheScheduleIsDue() {
        assertThat(message(event("a", "gone", "_b", "c")).getException()).isNull();

        assertThat(done).containsExactly("begin 7", "record a", "record c", "due");
    }

    @Test
    void aMessageOfWhichOneObjectCannotBeRecordedStays() {
        unrecordable = "c";

        assertThat(message(event("a", "c", "d")).getException()).hasMessageContaining("the registry is away");

        assertThat(done).containsExactly("begin 7", "record a");
        unrecordable = "";
        assertThat(message(event("a", "c", "d")).getException()).isNull();
        assertThat(done).endsWith("record a", "record c", "record d", "due");
    }

    @Test
    void aMessageThatIsNoEventStays() {
        assertThat(message("hello").getException()).hasMessageContaining("it is no JSON");
        assertThat(done).isEmpty();
    }

    @Test
    void aTestOfTheStoreIsDone() {
        assertThat(message("{\"Event\":\"s3:TestEvent\"}").getException()).isNull();
        assertThat(done).isEmpty();
    }
}
