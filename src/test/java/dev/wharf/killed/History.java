package dev.wharf.killed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.faulty.Content;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/** Holds what is in the stores, in the registry and was told of against what was asked for. */
final class History {
    private static final String MARKER = "_SUCCESS";

    private final TwoNodes nodes;
    private final Work work;
    private final Events events;

    History(TwoNodes nodes, Work work, Events events) {
        this.nodes = nodes;
        this.work = work;
        this.events = events;
    }

    /** Jobs that have not ended, or that nobody has made yet. */
    long open() {
        long ended = count("SELECT COUNT(*) FROM job_group WHERE status IN ('Complete', 'Failed', 'Canceled')");
        return work.publications.size() + work.runs.size() - ended;
    }

    /** What topics are not told yet. */
    long untold() {
        return count("SELECT COUNT(*) FROM outbox_message");
    }

    long count(String query) {
        return nodes.registry.sql(query).query(Long.class).single();
    }

    private List<Map<String, Object>> rows(String query) {
        return nodes.registry.sql(query).query().listOfRows();
    }

    void check(SoftAssertions softly) {
        softly.check(this::everythingAskedForRanOnce);
        softly.check(this::everyFolderIsWhole);
        softly.check(() ->
                assertThat(nodes.store.overwritten("target")).as("overwritten").isEmpty());
        softly.check(this::everyJobWasToldOf);
        softly.check(() ->
                assertThat(rows("SELECT * FROM dead_letter")).as("dead letters").isEmpty());
    }

    private void everythingAskedForRanOnce() {
        assertThat(rows("SELECT announced_as, status, failure FROM job_group WHERE status <> 'Complete'"))
                .as("not complete")
                .isEmpty();
        assertThat(rows("SELECT announced_as FROM job_group WHERE announced_as IS NOT NULL").stream()
                        .map(row -> row.get("announced_as")))
                .containsExactlyInAnyOrderElementsOf(List.<Object>copyOf(work.publications.keySet()));
        work.runs.forEach((execution, groups) -> assertThat(groups.stream().distinct())
                .as("job groups of %s", execution)
                .hasSize(1));
        assertThat(count("SELECT COUNT(*) FROM job_group")).isEqualTo(work.publications.size() + work.runs.size());
    }

    /** The files of a folder are those of its marker, whose bytes are those of the source; each job has its folders. */
    private void everyFolderIsWhole() {
        Map<String, Content> expected = expected();
        Map<String, List<String>> folders = nodes.store.keys("target").stream()
                .collect(Collectors.groupingBy(
                        key -> key.substring(0, key.lastIndexOf('/') + 1), TreeMap::new, Collectors.toList()));
        List<String> found = new ArrayList<>();
        folders.forEach((folder, keys) -> {
            assertThat(keys).contains(folder + MARKER);
            List<String> listed = new ArrayList<>(List.of(folder + MARKER));
            manifest(folder).path("files").forEach(file -> {
                String key = file.path("key").asText();
                listed.add(key);
                found.add(key);
                assertThat(keys).as("listed in %s", folder).contains(key);
                assertThat(file.path("etag").asText()).isEqualTo(nodes.store.etag("target", key));
                assertThat(file.path("size").asLong())
                        .isEqualTo(nodes.store.content("target", key).size());
                if (expected.containsKey(key)) {
                    assertThat(nodes.store.get("target", key))
                            .as(key)
                            .isEqualTo(expected.get(key).bytes());
                } else {
                    assertThat(new String(nodes.store.get("target", key), StandardCharsets.UTF_8))
                            .as(key)
                            .contains("Ada", "Grace");
                }
            });
            assertThat(keys).containsExactlyInAnyOrderElementsOf(listed);
        });
        assertThat(found).containsAll(expected.keySet());
        assertThat(found).hasSize(expected.size() + work.runs.size());
    }

    private JsonNode manifest(String folder) {
        return Json.read(
                new String(nodes.store.get("target", folder + MARKER), StandardCharsets.UTF_8), JsonNode.class);
    }

    private Map<String, Content> expected() {
        Map<String, Content> expected = new TreeMap<>();
        rows("SELECT id, announced_as FROM job_group WHERE announced_as IS NOT NULL")
                .forEach(row -> work.publications
                        .get(row.get("announced_as"))
                        .forEach((path, content) ->
                                expected.put(path.replace("#", String.valueOf(row.get("id"))), content)));
        return expected;
    }

    /** At least of its beginning and of its end, and of nothing that is not. */
    private void everyJobWasToldOf() {
        assertThat(events.contradicting()).isZero();
        Map<Long, List<String>> told = new TreeMap<>();
        events.all().stream()
                .sorted(Comparator.comparing(event -> event.path("at").asText()))
                .forEach(event -> told.computeIfAbsent(event.path("jobGroupId").asLong(), id -> new ArrayList<>())
                        .add(event.path("type").asText()));
        assertThat(told.keySet())
                .containsExactlyInAnyOrderElementsOf(rows("SELECT id FROM job_group").stream()
                        .map(row -> ((Number) row.get("id")).longValue())
                        .toList());
        told.forEach((job, types) -> {
            assertThat(types).as("job group %s", job).contains("started", "completed");
            assertThat(types.stream().filter("completed"::equals)).hasSize(1);
            assertThat(types).doesNotContain("failed", "canceled");
        });
    }

    /** In numbers. */
    String report() {
        var text = new StringBuilder();
        text.append("publications by message: ")
                .append(work.publications.size())
                .append('\n');
        text.append("runs by HTTP: ").append(work.runs.size()).append('\n');
        text.append("of both, sent again: ").append(work.duplicates).append('\n');
        text.append("files visible: ").append(count("SELECT COUNT(*) FROM result_file WHERE state = 'published'"));
        text.append("\nattempts beyond the first: ")
                .append(count("SELECT SUM(attempts - 1) FROM job WHERE attempts > 0"));
        text.append(", at most of one job: ").append(count("SELECT MAX(attempts - 1) FROM job"));
        text.append("\nevents: ").append(events.all().size());
        text.append(", of which came twice: ")
                .append(events.heard() - events.all().size());
        text.append("\noverwritten: ").append(nodes.store.overwritten("target").size());
        text.append("\nuploads that the nodes knew of at the end: ")
                .append(count("SELECT COUNT(*) FROM multipart_upload"));
        return text.append('\n').toString();
    }
}
