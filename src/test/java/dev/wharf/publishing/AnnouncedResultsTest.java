package dev.wharf.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Results of an engine that has no bucket: it announces them, sends their files, and they are published as all others are. */
class AnnouncedResultsTest extends PublishingTest {
    private static final String ORDERS = "id,item\n1,apple\n";
    private static final String ITEMS = "{\"item\":\"apple\"}\n";

    private final Api api = new Api(SERVICE.api(), token(SERVICE));

    private Map<String, Object> announced(Object... results) {
        var body = new HashMap<>(announcement(results));
        body.remove("personWorkspaceId");
        return body;
    }

    private Api.Answer announce(Object... results) {
        return api.post("/v4/jobGroups/announced", announced(results));
    }

    /** A job of two results, a file each. */
    private long newJob() {
        var answer = announce(
                result(path("orders.csv"), "upload:orders.csv"),
                with(result(path("items.json"), "upload:day 1/items.json"), "format", "json"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asLong();
    }

    private static String address(long job, String name) {
        return "/v4/jobGroups/" + job + "/files?name=" + name.replace(" ", "%20");
    }

    private Api.Answer put(long job, String name, String content) {
        return api.send(api.request(address(job, name)).PUT(BodyPublishers.ofString(content)));
    }

    private Api.Answer put(long job, String name, String content, String md5) {
        return api.send(
                api.request(address(job, name)).header("content-md5", md5).PUT(BodyPublishers.ofString(content)));
    }

    private static Api.Answer put(Api other, long job) {
        return other.send(other.request(address(job, "orders.csv")).PUT(BodyPublishers.ofString(ORDERS)));
    }

    /** The token of somebody else. */
    private String newcomer() {
        var person =
                api.post("/v4/people", Map.of("email", announcedAs.replace(' ', '-') + "@example.com", "name", "N"));
        return api.post(
                        "/v4/apiAccessTokens",
                        Map.of(
                                "lifetimeSeconds",
                                -1,
                                "personId",
                                person.json().path("id").asLong()))
                .json()
                .path("tokenValue")
                .asText();
    }

    private static boolean isIn(String folder, String key) {
        return ("s3://base/" + key).startsWith(folder);
    }

    private static String uploadedBy(Api person) {
        return person.send(person.request("/v4/uploads?name=theirs.csv").PUT(BodyPublishers.ofString(ORDERS)))
                .json()
                .path("uri")
                .asText();
    }

    private static String md5(String content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(content.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String refused(int status, Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }

    private List<String> states(long job) {
        return api.get("/v4/jobGroups/" + job + "/files").json().path("files").findValuesAsText("state");
    }

    private void assertNothingLeft(long job) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(uploads()).isEmpty();
            assertThat(files(job)).isEmpty();
        });
        assertThat(written()).isEmpty();
    }

    /** What is there, and what is not, is answered alike: nobody learns here what others have. */
    @Test
    void ofBaseStorageEverybodyPublishesWhatIsTheirs() {
        STORE.put("base", folder + "secret.csv", ORDERS.getBytes(UTF_8));
        Api newcomer = api.as(newcomer());
        String home = "s3://base/trifacta/queryResults/" + announcedAs.replace(' ', '-') + "@example.com/";
        int announcements = 0;
        for (String notTheirs : List.of(
                "s3://base/" + folder + "secret.csv",
                "s3://base/" + folder + "nothing.csv",
                "s3://base/x/../" + folder + "secret.csv",
                uploadedBy(api))) {
            var answer = newcomer.post(
                    "/v4/jobGroups/announced",
                    with(announced(result(home + "x.csv", notTheirs)), "announcedAs", announcedAs + ++announcements));

            assertThat(refused(403, answer)).contains("Base storage is open to the role dataAdmin only");
        }
        assertThat(STORE.keys("base")).noneMatch(key -> isIn(home, key));

        var answer =
                newcomer.post("/v4/jobGroups/announced", announced(result(home + "own.csv", uploadedBy(newcomer))));

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        awaitEnd("Complete");
        assertThat(STORE.keys("base")).anyMatch(key -> isIn(home, key) && key.endsWith("/own.csv"));
    }

    @Test
    void filesThatAreSentBecomeVisibleTogetherOnceAllAreThere() {
        long job = newJob();
        assertThat(states(job)).containsExactly("awaited", "awaited");

        var first = put(job, "orders.csv", ORDERS, md5(ORDERS));

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().path("state").asText()).isEqualTo("sent");
        assertThat(first.json().path("size").asLong()).isEqualTo(ORDERS.length());
        assertThat(states(job)).containsExactly("sent", "awaited");
        assertThat(written()).isEmpty();
        assertThat(uploads()).hasSize(1);
        assertThat(api.get("/v4/jobGroups/" + job + "/files")
                        .json()
                        .path("waitsUntil")
                        .isNull())
                .isFalse();

        assertThat(put(job, "day 1/items.json", ITEMS).status()).isEqualTo(200);

        assertThat(awaitEnd("Complete")).isEqualTo(job);
        assertThat(written())
                .containsExactlyInAnyOrder(
                        "orders_" + job + "/orders.csv",
                        "orders_" + job + "/_SUCCESS",
                        "items_" + job + "/items.json",
                        "items_" + job + "/_SUCCESS");
        assertThat(STORE.get("target", folder + "orders_" + job + "/orders.csv"))
                .asString(UTF_8)
                .isEqualTo(ORDERS);
        assertThat(states(job)).containsExactly("visible", "visible");
        assertThat(attempts()).isEqualTo(1);
        JsonNode group = api.get("/v4/jobGroups/" + job + "?embed=jobs").json();
        assertThat(group.path("jobs").path("data").findValuesAsText("jobType")).containsOnly("filewriter");
    }

    @Test
    void aFileThatComesAgainMakesNoDifferenceAndAnotherOfItsNameIsRefused() {
        long job = newJob();
        put(job, "orders.csv", ORDERS);

        assertThat(put(job, "orders.csv", ORDERS, md5(ORDERS)).status()).isEqualTo(200);
        assertThat(refused(409, put(job, "orders.csv", "else"))).contains("sent before with another content");
        put(job, "day 1/items.json", ITEMS);
        awaitEnd("Complete");

        assertThat(put(job, "day 1/items.json", ITEMS).status()).isEqualTo(200);
        assertThat(STORE.get("target", folder + "orders_" + job + "/orders.csv"))
                .asString(UTF_8)
                .isEqualTo(ORDERS);
    }

    @Test
    void whoIsSlowerThanAnotherWithTheSameFileIsToldThatItIsThere() throws IOException {
        long job = newJob();
        var body = new PipedOutputStream();
        var sent = new PipedInputStream(body);
        var slow = CompletableFuture.supplyAsync(
                () -> api.send(api.request(address(job, "orders.csv")).PUT(BodyPublishers.ofInputStream(() -> sent))));
        int rest = 5;
        byte[] bytes = ORDERS.getBytes(UTF_8);
        for (int at = 0; at < bytes.length - rest; at++) {
            dribble(body, bytes[at]);
        }
        await().until(() -> slow.isDone() || sentBytes(job) > 0); // it has begun, and tells how far it is

        assertThat(put(job, "orders.csv", ORDERS).status()).isEqualTo(200);
        for (int at = bytes.length - rest; at < bytes.length; at++) {
            dribble(body, bytes[at]);
        }
        body.close();

        assertThat(slow.join().status()).as(slow.join().text()).isEqualTo(200);
        assertThat(states(job)).containsExactly("sent", "awaited");
    }

    private static void dribble(PipedOutputStream body, byte one) throws IOException {
        body.write(one);
        body.flush();
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
    }

    private static long sentBytes(long job) {
        return REGISTRY.sql("SELECT COALESCE(SUM(sent_bytes), 0) FROM result_file WHERE job_group_id = :job")
                .param("job", job)
                .query(Long.class)
                .single();
    }

    @Test
    void twoThatSendOneFileAtATimeAreOneFile() {
        long job = newJob();
        FAULTS.on("PUT", "orders.csv?partNumber=").delay(Duration.ofMillis(300)).times(2);

        var one = CompletableFuture.supplyAsync(() -> put(job, "orders.csv", ORDERS));
        var other = CompletableFuture.supplyAsync(() -> put(job, "orders.csv", ORDERS));

        assertThat(one.join().status()).as(one.join().text()).isEqualTo(200);
        assertThat(other.join().status()).as(other.join().text()).isEqualTo(200);
        assertThat(uploads()).hasSize(1);
        put(job, "day 1/items.json", ITEMS);
        awaitEnd("Complete");
        assertThat(uploads()).isEmpty();
    }

    @Test
    void nothingIsKeptOfAFileThatIsNotWhatItsClientSaysOrBreaksOff() throws IOException {
        long job = newJob();

        assertThat(refused(400, put(job, "orders.csv", ORDERS, md5("else"))))
                .startsWith("Content-MD5 says ")
                .contains("Send the file again");
        assertThat(refused(400, put(job, "orders.csv", ORDERS, "rubbish"))).startsWith("Content-MD5 must be");
        try (var socket = new Socket("127.0.0.1", SERVICE.api().getPort())) {
            socket.getOutputStream()
                    .write(("PUT " + address(job, "orders.csv") + " HTTP/1.1\r\nhost: wharf\r\nauthorization: Bearer "
                                    + token(SERVICE) + "\r\ncontent-length: 1000\r\n\r\nid,")
                            .getBytes(UTF_8));
        }

        await().untilAsserted(() -> assertThat(uploads()).isEmpty());
        assertThat(states(job)).containsExactly("awaited", "awaited");
        assertThat(put(job, "orders.csv", ORDERS).status()).isEqualTo(200);
    }

    @Test
    void onlyWhatWasAnnouncedIsTakenAndOnlyFromWhoeverAnnouncedIt() {
        long job = newJob();

        assertThat(refused(400, put(job, "other.csv", ORDERS)))
                .isEqualTo("name is none of the 2 files that job group " + job
                        + " waits for: orders.csv, day 1/items.json");
        assertThat(put(999_999, "orders.csv", ORDERS).status()).isEqualTo(404);
        assertThat(put(new Api(SERVICE.api(), newcomer()), job).status()).isEqualTo(404);
        assertThat(states(job)).containsExactly("awaited", "awaited");
    }

    @Test
    void aJobThatIsCanceledLeavesNothingAndTakesNothing() {
        long job = newJob();
        put(job, "orders.csv", ORDERS);
        FAULTS.on("PUT", "items.json?partNumber=").delay(Duration.ofSeconds(1)).times(1);
        var sending = CompletableFuture.supplyAsync(() -> put(job, "day 1/items.json", ITEMS));
        await().until(() -> !FAULTS.requests("PUT", "items.json?partNumber=").isEmpty());

        assertThat(api.post("/v4/jobGroups/" + job + "/cancel", Map.of()).status())
                .isEqualTo(200);

        assertThat(refused(409, sending.join())).contains("is Canceled and waits for no file");
        assertThat(refused(409, put(job, "orders.csv", ORDERS))).contains("is Canceled");
        assertNothingLeft(job);
    }

    @Test
    void aJobWhoseFilesDoNotComeFailsAndLeavesNothing() {
        long job = newJob();
        put(job, "orders.csv", ORDERS);

        REGISTRY.sql("UPDATE job SET due_at = :past WHERE job_group_id = :job AND output_no = 0")
                .param("past", Timestamp.from(Instant.now().minusSeconds(1)))
                .param("job", job)
                .update();

        assertFailedCleanly("upload:day 1/items.json is not there", "wharf.publishing.files-timeout");
        assertThat(refused(409, put(job, "day 1/items.json", ITEMS))).contains("is Failed and waits for no file");
        assertThat(refused(409, announce(result(path("orders.csv"), "upload:orders.csv"))))
                .contains("is Failed", "under another announcedAs");
    }

    @Test
    void theSameAnnouncementIsTheSameJobAndSaysWhatIsThere() {
        var results =
                new Object[] {result(path("orders.csv"), "upload:orders.csv"), result(path("b.csv"), "upload:b.csv")};
        long job = announce(results).json().path("id").asLong();
        put(job, "orders.csv", ORDERS);

        var again = announce(results);

        assertThat(again.json().path("id").asLong()).isEqualTo(job);
        assertThat(again.json().path("files").findValuesAsText("state")).containsExactly("sent", "awaited");
        assertThat(refused(409, announce(result(path("orders.csv"), "upload:orders.csv"))))
                .contains("with other results");
    }

    @Test
    void whatCannotBePublishedIsRefusedBeforeAnyFileIsSent() {
        assertThat(refused(400, announce(result(path("a.csv"), "file:///tmp/a.csv"))))
                .contains("upload:<name>");
        assertThat(refused(400, announce(result(path("a.csv"), "upload:../a.csv"))))
                .contains("..");
        assertThat(refused(400, announce(result(path("a.csv"), "upload:a"), result(path("b.csv"), "upload:a"))))
                .contains("twice");
        assertThat(refused(400, announce(with(result(path("a.csv"), "upload:a"), "action", "overwrite"))))
                .contains("overwrite is refused");
        assertThat(refused(404, announce(result("s3://target/" + folder + "a.csv?connectionId=999999", "upload:a"))))
                .contains("999999");
        assertThat(column("id", Long.class)).isEmpty();
    }

    @Test
    void resultsThatAreInStoresAlreadyNeedNothingToBeSent() {
        var answer = announce(result(path("orders.csv"), source("a.csv")));

        assertThat(answer.json().path("files")).isEmpty();
        assertThat(answer.json().path("waitsUntil").isNull()).isTrue();
        assertThat(awaitEnd("Complete")).isEqualTo(answer.json().path("id").asLong());
    }
}
