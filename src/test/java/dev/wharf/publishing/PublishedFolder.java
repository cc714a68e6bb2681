package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.faulty.Content;
import dev.wharf.testing.stub.StubS3;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The folder of a job that is complete, in the bucket {@code target}.
 *
 * @param place its key, with the slash
 */
record PublishedFolder(StubS3 store, String place) {
    /** At all places where parts may meet, and at both ends, so many bytes are compared. */
    private static final int COMPARED = 4096;

    private static final long SMALLEST_PART = 8 << 20;

    /**
     * It holds what it should, and its {@code _SUCCESS} says so.
     *
     * @param of whose it is
     * @param keys that are there
     * @param expected the contents of files by their names
     */
    void check(String of, List<String> keys, Map<String, Content> expected) {
        List<String> wanted =
                new ArrayList<>(expected.keySet().stream().map(place::concat).toList());
        wanted.add(place + "_SUCCESS");
        assertThat(keys).as(of).containsExactlyInAnyOrderElementsOf(wanted);
        List<String> listed = new ArrayList<>();
        manifest().path("files").forEach(file -> {
            String key = file.path("key").asText();
            listed.add(key.substring(place.length()));
            Content written = store.content("target", key);
            assertThat(file.path("etag").asText()).as(of).isEqualTo(store.etag("target", key));
            assertThat(file.path("size").asLong()).as(of).isEqualTo(written.size());
            assertSame(of, expected.get(key.substring(place.length())), written);
        });
        assertThat(listed).as(of).containsExactlyInAnyOrderElementsOf(expected.keySet());
    }

    private JsonNode manifest() {
        return Json.read(new String(store.get("target", place + "_SUCCESS"), StandardCharsets.UTF_8), JsonNode.class);
    }

    private static void assertSame(String of, Content source, Content written) {
        assertThat(written.size()).as(of).isEqualTo(source.size());
        for (long middle = 0; middle <= source.size() + COMPARED; middle += SMALLEST_PART) {
            long from = Math.max(0, middle - COMPARED);
            long to = Math.min(source.size(), middle + COMPARED);
            if (from < to) {
                assertThat(written.slice(from, to).bytes())
                        .as(of)
                        .isEqualTo(source.slice(from, to).bytes());
            }
        }
    }
}
