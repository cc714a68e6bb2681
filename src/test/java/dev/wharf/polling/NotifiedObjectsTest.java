package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.polling.events.ObjectEvent;
import dev.wharf.store.KeyPattern;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Place;
import dev.wharf.testing.MemoryStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NotifiedObjectsTest {
    /** Folders of {@code in/} whose names are numbers. */
    private static final KeyPattern YEARS = new KeyPattern() {
        @Override
        public boolean matches(String key) {
            return key.matches("in/\\d+/.+");
        }

        @Override
        public Look look(String folder) {
            return new Look("in/", true);
        }
    };

    @Test
    void ofAPathThatVariesOnlyWhatMatchesIsTakenIn() {
        String[] keys = {"in/2025/a.csv", "in/other/b.csv", "elsewhere/c.csv"};
        var place = new Place(new MemoryStore().with(keys), "bucket", YEARS);
        List<ObjectEvent> events = Stream.of(keys)
                .map(key -> new ObjectEvent(ObjectEvent.Kind.CREATED, "bucket", key))
                .toList();

        List<ObjectInfo> found = new Notifications(null, null, null, null, null, null, null).find(place, null, events);

        assertThat(found).extracting(ObjectInfo::key).containsExactly("in/2025/a.csv");
    }
}
