package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.kernel.api.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a publishing job writes. */
class PublishedResultsTest extends PublishingTest {
    @Test
    void aResultArrivesByteForByteInAFolderOfItsOwn() {
        byte[] content = new byte[9 << 20];
        new Random(4711).nextBytes(content);

        send(announcement(result(path("orders.csv"), source("part-0.csv", content))));

        String place = "orders_" + awaitEnd("Complete") + "/";
        assertThat(written()).containsExactlyInAnyOrder(place + "orders.csv", place + "_SUCCESS");
        assertThat(STORE.get("target", folder + place + "orders.csv")).isEqualTo(content);
        assertThat(column("warning", String.class)).isEmpty();
        assertThat(uploads()).isEmpty();
    }

    @Test
    void resultsComeFromAnyStoreAndFromTheFolderOfResults() {
        OTHER_STORE.put("other", folder + "b.csv", "from B".getBytes(StandardCharsets.UTF_8));
        STORE.put("base", folder + "base.csv", "from base".getBytes(StandardCharsets.UTF_8));
        Path local = localFile(RESULTS, "from disk");

        send(announcement(
                result(path("a.csv"), source("a.csv", new byte[0])),
                result(path("b.csv"), "s3://other/" + folder + "b.csv?connectionId=" + B),
                result(path("base.csv"), "s3://base/" + folder + "base.csv"),
                result(path("disk/"), local.toUri().toString())));

        long id = awaitEnd("Complete");
        assertThat(content("a_" + id + "/a.csv")).isEmpty();
        assertThat(content("b_" + id + "/b.csv")).isEqualTo("from B");
        assertThat(content("base_" + id + "/base.csv")).isEqualTo("from base");
        assertThat(content("disk/orders_" + id + "/" + local.getFileName())).isEqualTo("from disk");
        assertThat(written()).filteredOn(key -> key.endsWith("_SUCCESS")).hasSize(4);
    }

    private String content(String key) {
        return new String(STORE.get("target", folder + key), StandardCharsets.UTF_8);
    }

    @Test
    void theMarkerTellsWhatWasWritten() {
        send(announcement(
                result(path("orders.csv"), localFile(RESULTS, "abc").toUri().toString()),
                with(
                        result(
                                path("orders.json"),
                                localFile(RESULTS, "{}").toUri().toString()),
                        "format",
                        "json")));

        long id = awaitEnd("Complete");
        var marker = manifest("orders_" + id + "/_SUCCESS");
        assertThat(marker.path("jobGroupId").asLong()).isEqualTo(id);
        assertThat(marker.path("name").asText()).isEqualTo("orders");
        assertThat(marker.path("execution").asText()).isEqualTo("spark");
        assertThat(Instant.parse(marker.path("publishedAt").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(marker.path("files")).hasSize(2);
        var file = marker.path("files").path(0);
        assertThat(file.path("key").asText()).isEqualTo(folder + "orders_" + id + "/orders.csv");
        assertThat(file.path("size").asLong()).isEqualTo(3);
        assertThat(file.path("crc32c").asText()).isEqualTo("Nks/tw==");
        assertThat(file.path("md5").isNull()).isTrue();
        assertThat(file.path("etag").asText()).isNotEmpty();
    }

    @Test
    void theSameAnnouncementAgainIsTheSameJob() {
        var announcement = announcement(result(path("orders.csv"), source("a.csv")));
        send(announcement);
        send(announcement);
        long id = awaitEnd("Complete");
        send(announcement);
        send("poison behind " + announcedAs);

        awaitDeadLetter("poison behind " + announcedAs);
        assertThat(written()).containsExactlyInAnyOrder("orders_" + id + "/orders.csv", "orders_" + id + "/_SUCCESS");
        assertThat(REGISTRY.sql("SELECT COUNT(*) FROM job_group WHERE announced_as = :announcedAs")
                        .param("announcedAs", announcedAs)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aSecondJobNeverTouchesTheFirst() {
        String source = localFile(RESULTS, "first").toUri().toString();
        send(announcement(result(path("orders.csv"), source)));
        long first = awaitEnd("Complete");

        String again = "again " + announcedAs;
        send(with(announcement(result(path("orders.csv"), source("b.csv"))), "announcedAs", again));

        await().until(() -> written().size() == 4);
        assertThat(content("orders_" + first + "/orders.csv")).isEqualTo("first");
    }

    @Test
    void aRunPublishesItsTemporaryFilesWhichAreRemovedThen() throws IOException {
        long id = run();
        Path temporary = temporaryFolder(id);
        Path file = Files.writeString(temporary.resolve("result.csv"), "of a run");

        due(id, message(id, file), SERVICE.folder().nodeId());
        send(message(id, file), SERVICE.folder().nodeId());

        await().until(() -> written().contains("orders_" + id + "/_SUCCESS"));
        assertThat(content("orders_" + id + "/orders.csv")).isEqualTo("of a run");
        await().untilAsserted(() -> assertThat(temporary).doesNotExist());
        assertThat(status(id)).isEqualTo("Complete");
    }

    @Test
    void aJobWhoseMessageWasNeverSentIsSentByTheSweep() throws IOException {
        long here = run();
        Path file = Files.writeString(temporaryFolder(here).resolve("result.csv"), "late");
        due(here, message(here, file), SERVICE.folder().nodeId());
        long anywhere = run();
        due(anywhere, message(anywhere, localFile(RESULTS, "late as well")), null);

        await().untilAsserted(() -> {
            assertThat(status(here)).isEqualTo("Complete");
            assertThat(status(anywhere)).isEqualTo("Complete");
        });
        assertThat(content("orders_" + here + "/orders.csv")).isEqualTo("late");
    }

    private static void due(long id, String document, String node) {
        REGISTRY.sql(
                        "UPDATE job SET document = :document, node_id = :node, due_at = updated_at WHERE job_group_id = :id")
                .param("document", document)
                .param("node", node)
                .param("id", id)
                .update();
    }

    @Test
    void aMessageForAnotherNodeIsLeftToIt() {
        long id = run();
        REGISTRY.sql("INSERT INTO node (id, seen_at) VALUES ('another node', :now)")
                .param("now", Timestamp.from(Instant.now()))
                .update();
        due(id, message(id, Path.of("/nowhere")), "another node");
        send(message(id, Path.of("/nowhere")), "another node");
        send(announcement(result(path("mine.csv"), source("a.csv"))));

        awaitEnd("Complete");

        assertThat(status(id)).isEqualTo("InProgress");
        assertThat(REGISTRY.sql("SELECT attempts FROM job WHERE job_group_id = :id")
                        .param("id", id)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aStoreThatListsLateIsWaitedFor() {
        FAULTS.on("GET", "list-type=2").after(1).times(2).rewriteBody(PublishedResultsTest::withoutObjects);

        send(announcement(result(path("orders.csv"), source("a.csv"))));

        long id = awaitEnd("Complete");
        assertThat(column("warning", String.class)).isEmpty();
        assertThat(files(id)).allSatisfy(file -> assertThat(file.get("LISTED")).isEqualTo(true));
    }

    @Test
    void aJobIsCompleteWithAWarningWhileFilesAreNotListedAndWithoutLater() {
        FAULTS.on("GET", "list-type=2").always().rewriteBody(PublishedResultsTest::withoutObjects);

        send(announcement(result(path("orders.csv"), source("a.csv"))));

        long id = awaitEnd("Complete");
        assertThat(column("warning", String.class).orElseThrow())
                .contains("s3://target/" + folder + "orders_" + id + "/orders.csv");
        bean().upkeep().recheckListings();
        assertThat(column("warning", String.class)).isPresent();

        FAULTS.reset();
        bean().upkeep().recheckListings();
        assertThat(column("warning", String.class)).isEmpty();
    }

    private static String withoutObjects(String listing) {
        return listing.replaceAll("(?s)<Contents>.*</Contents>", "");
    }

    private static Publishing bean() {
        return SERVICE.camel().lookup("publishing", Publishing.class);
    }

    /** A run as the running feature leaves it: its engine is done, its publishing job due for two minutes. */
    private static long run() {
        Timestamp then = Timestamp.from(Instant.now().minus(Duration.ofMinutes(2)));
        String uuid = UUID.randomUUID().toString();
        REGISTRY.sql("INSERT INTO job_group (uuid, workspace_id, membership_id, name, execution, ran_from, status,"
                        + " created_at, updated_at) VALUES (:uuid, 1, 1, 'n', 'photon', 'api', 'InProgress', :at, :at)")
                .param("uuid", uuid)
                .param("at", then)
                .update();
        long id = REGISTRY.sql("SELECT id FROM job_group WHERE uuid = :uuid")
                .param("uuid", uuid)
                .query(Long.class)
                .single();
        REGISTRY.sql("INSERT INTO job (job_group_id, job_type, status, attempts, created_at, updated_at)"
                        + " VALUES (:id, 'publish', 'Pending', 0, :at, :at)")
                .param("id", id)
                .param("at", then)
                .update();
        return id;
    }

    private String message(long id, Path file) {
        return Json.write(Map.of(
                "jobGroupId",
                id,
                "results",
                List.of(result(path("orders.csv"), file.toUri().toString()))));
    }

    private static Path temporaryFolder(long id) throws IOException {
        return Files.createDirectories(SERVICE.folder().resolve("tmp/jobs/" + id));
    }

    private static String status(long id) {
        return REGISTRY.sql("SELECT status FROM job_group WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }
}
