package dev.wharf.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.WharfTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every operation has from the contract alone. */
class ContractRoutesTest extends WharfTest {
    private static HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(WHARF.api() + path))
                .header("authorization", "Bearer " + TOKEN)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (type != null) {
            request.header(method.equals("GET") ? "accept" : "content-type", type);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("content-type").orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v4/connections/abc, id is abc",
        "GET, /v4/jobGroups/99999999999999999999/jobs, id is 99999999999999999999",
        "DELETE, /v4/connections/1/permissions/${id}, personId is ${id}",
        "POST, /v4/jobGroups/x/withdraw, id is x"
    })
    void aNumberOfThePathThatIsNoneIsNotFoundByItsName(String method, String path, String named) throws Exception {
        var answer = send(method, path.replace("$", "%24").replace("{", "%7B").replace("}", "%7D"), null, null);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(type(answer)).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("There is nothing whose " + named + ": it must be a whole number");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v4/connections",
        "POST, /v4/importedDatasets",
        "PUT, /v4/connections/1",
        "DELETE, /v4/connections/share"
    })
    void aBodyThatIsMissingIsRefused(String method, String path) throws Exception {
        var answer = send(method, path, "application/json", null);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("The body is missing: send a JSON object");
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() throws Exception {
        assertThat(send("POST", "/v4/connections", "text/plain", "{}").statusCode())
                .isEqualTo(415);
    }

    @Test
    void theAnswerToADeletionIsEmpty() throws Exception {
        long id = newConnection(newBucket());

        var deleted = send("DELETE", "/v4/connections/" + id, null, null);

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(type(deleted)).isEqualTo("none");
    }

    @Test
    void theTypeOfARequestIsNotThatOfItsAnswer() throws Exception {
        long id = newConnection(newBucket());

        var answer = send("POST", "/v4/connections/" + id + "/status", "application/yaml", "{}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(type(answer)).isEqualTo("application/json");
        assertThat(answer.body()).startsWith("{");
    }

    @Test
    void theContractComesAsItWasWrittenOrAsJson() throws Exception {
        var written = send("GET", "/v4/open-api-spec", null, null);
        var json = send("GET", "/v4/open-api-spec", "application/json", null);

        assertThat(type(written)).isEqualTo("application/yaml");
        assertThat(written.body()).startsWith("openapi: 3");
        assertThat(type(json)).isEqualTo("application/json");
        assertThat(json.body()).startsWith("{\"openapi\":\"3");
    }
}
