package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.faulty.EndlessAnswer;
import dev.wharf.testing.faulty.Fault;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.Tree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a caller sees of a store that fails: {@code src/docs/faults.md} is what this test finds. Where it differs, the test
 * leaves what it has found beside the build, to be compared and taken over.
 */
class FaultTableTest extends WharfTest {
    private static final Path DOCUMENT = Path.of("src/docs/faults.md");
    private static final Path FOUND = Path.of("target/faults.md");
    private static final String LIST = "list-type=2";
    private static final String FILE = "file.bin";
    private static final int KEYS = 2_500;
    private static final int PAGES = 3;
    private static final int SIZE = 300_000;

    private final StubS3 s3 = StubS3.start("faults");
    private long connection;

    @BeforeEach
    void fill() {
        connection = newConnection(s3.endpoint(), "faults");
        s3.tree("faults", Tree.flat("in/", KEYS));
        s3.put("faults", FILE, new byte[SIZE]);
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    /**
     * What goes wrong, and how to bring it about on a listing and on a file; null where it makes no sense.
     *
     * @param pages of the listing on which it happens, by a part of their addresses
     */
    private record Row(String words, String pages, Consumer<Fault> listing, Consumer<Fault> reading) {
        static Row of(String words, Consumer<Fault> fault) {
            return new Row(words, "continuation-token", fault, fault);
        }

        static Row ofListing(String words, Consumer<Fault> fault) {
            return new Row(words, "continuation-token", fault, null);
        }

        static Row ofReading(String words, Consumer<Fault> fault) {
            return new Row(words, null, null, fault);
        }
    }

    private static final List<Row> ROWS = List.of(
            Row.of("nothing", fault -> {}),
            Row.of("answers after half a second", fault -> fault.delay(Duration.ofMillis(500))),
            Row.of("503 SlowDown, twice", fault -> fault.answer(503, "SlowDown").times(2)),
            Row.of("503 SlowDown, always", fault -> fault.answer(503, "SlowDown")
                    .always()),
            Row.of("500 InternalError, once", fault -> fault.answer(500, "InternalError")),
            Row.of("500 InternalError, always", fault -> fault.answer(500, "InternalError")
                    .always()),
            Row.of("the connection breaks before the answer, once", Fault::breakOff),
            Row.of("the answer is lost, once", Fault::loseAnswer),
            Row.of("the connection is reset in mid-body, once", fault -> fault.breakBodyAfter(70_000)
                    .abruptly()),
            Row.of("the connection breaks in mid-body, always", fault -> fault.breakBodyAfter(0)
                    .always()),
            Row.ofListing(
                    "a page is cut short, and says that this is all of it, once", fault -> fault.shortenBody(70_000)),
            Row.ofListing("an error inside a 200: SlowDown, once", fault -> fault.answer(200, "SlowDown")),
            Row.ofListing("an error inside a 200: AccessDenied", fault -> fault.answer(200, "AccessDenied")
                    .always()),
            new Row(
                    "the same continuation token again and again",
                    LIST,
                    fault -> fault.repeatToken().always(),
                    null),
            Row.ofListing("more to come, and no continuation token", Fault::loseToken),
            Row.ofListing("an empty page that is not the last", Fault::emptyPage),
            Row.ofListing("times in a form of the store's own", fault -> fault.rewriteBody(
                            page -> page.replaceAll("<LastModified>[^<]*</", "<LastModified>1433809946492</"))
                    .always()),
            Row.ofListing("a size that is no number", fault -> fault.rewriteBody(
                            page -> page.replaceFirst("<Size>[^<]*</", "<Size>1e3</"))
                    .always()),
            Row.ofListing("a page without end", fault -> fault.neverEnd(
                            EndlessAnswer.quick(200, "<ListBucketResult>", "<Owner>nobody</Owner>"))
                    .always()),
            Row.ofListing("no XML", fault -> fault.answerWith(200, Map.of(), "<html>Welcome")
                    .always()),
            Row.ofListing("an entity that grows", fault -> fault.answerWith(
                            200, Map.of(), "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")
                    .always()),
            Row.of("301, the bucket is in eu-west-1", fault -> fault.permanentRedirect("eu-west-1")
                    .always()),
            Row.of("307 to another host", fault -> fault.temporaryRedirect(URI.create("http://192.0.2.1/elsewhere"))
                    .always()),
            Row.of("403 AccessDenied", fault -> fault.answer(403, "AccessDenied")
                    .always()),
            Row.of("403 QuotaExceeded", fault -> fault.answer(403, "QuotaExceeded", "Quota exceeded", Map.of())
                    .always()),
            Row.of("403 in JSON", fault -> fault.answerWith(403, Map.of(), "{\"message\":\"Invalid Access Key\"}")
                    .always()),
            Row.ofReading("400 KMS.DisabledException, the key of the object", fault -> fault.answer(
                            400,
                            "KMS.DisabledException",
                            "arn:aws:kms:eu-west-1:111122223333:key/ab-cd is disabled.",
                            Map.of())
                    .always()),
            Row.of("400 ExpiredToken", fault -> fault.answer(400, "ExpiredToken")
                    .always()),
            Row.of("403 RequestTimeTooSkewed", fault -> fault.answer(403, "RequestTimeTooSkewed")
                    .always()),
            Row.of("404 NoSuchBucket", fault -> fault.answer(404, "NoSuchBucket")
                    .always()),
            Row.ofReading("404 NoSuchKey, deleted since it was listed", fault -> fault.answer(404, "NoSuchKey")
                    .always()),
            Row.ofReading(
                    "403 InvalidObjectState, archived since it was listed",
                    fault -> fault.answer(403, "InvalidObjectState").always()));

    @Test
    void callersSeeWhatTheTableSays() throws IOException {
        var table = new ArrayList<>(List.of(
                "# When a store fails",
                "",
                "What a caller sees when a store fails on the second page of a listing of three, and on the reading of a file."
                        + " *whole* is the right answer, complete; *broken off* an answer that visibly does not end. This"
                        + " table is made by `FaultTableTest`, which fails where it is not true.",
                "",
                "| The store | `vfsList`, as a stream | `vfsRead` |",
                "| --- | --- | --- |"));
        for (Row row : ROWS) {
            table.add("| " + row.words() + " | " + listing(row) + " | " + reading(row.reading()) + " |");
        }
        String found = String.join("\n", table) + "\n";
        Files.createDirectories(FOUND.getParent());
        Files.writeString(FOUND, found);

        assertThat(found).as("%s, found in %s", DOCUMENT, FOUND).isEqualTo(Files.readString(DOCUMENT));
    }

    private String listing(Row row) throws IOException {
        if (row.listing() == null) {
            return "";
        }
        s3.reset();
        row.listing().accept(s3.on("GET", row.pages()));
        var answer = send("/vfsList?recursive=true&sort=name&uri=" + encoded("in/"));
        String text = text(answer);
        List<JsonNode> rows =
                text.lines().map(line -> Json.read(line, JsonNode.class)).toList();
        if (answer.getResponseCode() != 200) {
            return refused(answer.getResponseCode(), rows.get(0));
        }
        JsonNode last = rows.get(rows.size() - 1);
        if (last.path("type").asText().equals("error")) {
            return "broken off after " + (rows.size() - 1) + " of " + KEYS + " rows: " + words(last);
        }
        assertThat(rows.stream().map(entry -> entry.path("uri").asText()).distinct())
                .hasSize(KEYS);
        return "whole, " + requests(s3.requests("GET", LIST).size(), PAGES);
    }

    private String reading(Consumer<Fault> fault) throws IOException {
        if (fault == null) {
            return "";
        }
        s3.reset();
        fault.accept(s3.on("GET", "/faults/" + FILE));
        var answer = send("/vfsRead?uri=" + encoded(FILE));
        if (answer.getResponseCode() != 200) {
            return refused(answer.getResponseCode(), Json.read(text(answer), JsonNode.class));
        }
        int read = bytes(answer).length;
        return read == SIZE
                ? "whole, " + requests(s3.requests("GET", "/faults/" + FILE).size(), 1)
                : "broken off before the end";
    }

    private static String requests(int made, int needed) {
        return made == needed ? "no request more than needed" : (made - needed) + " more than needed";
    }

    private String encoded(String key) {
        return URLEncoder.encode("s3://faults/" + key + "?connectionId=" + connection, StandardCharsets.UTF_8);
    }

    /** By a client that hands out what came before the connection broke. */
    private static HttpURLConnection send(String path) throws IOException {
        var connection = (HttpURLConnection) WHARF.api().resolve(path).toURL().openConnection();
        connection.setRequestProperty("authorization", "Bearer " + TOKEN);
        connection.setRequestProperty("accept", "application/x-ndjson");
        return connection;
    }

    private static String text(HttpURLConnection answer) throws IOException {
        return new String(bytes(answer), StandardCharsets.UTF_8);
    }

    /** All that came, also where it broke off. */
    private static byte[] bytes(HttpURLConnection answer) throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (InputStream body = answer.getResponseCode() < 400 ? answer.getInputStream() : answer.getErrorStream()) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                all.write(buffer, 0, count);
            }
        } catch (IOException brokenOff) {
            return all.toByteArray();
        }
        return all.toByteArray();
    }

    private String refused(int status, JsonNode problem) {
        return status + " " + words(problem);
    }

    private String words(JsonNode problem) {
        return problem.path("detail")
                .asText()
                .replace(s3.endpoint().toString(), "(its endpoint)")
                .replaceAll("SDK Attempt Count: \\d+", "…")
                .replace("|", "\\|")
                .strip();
    }
}
