package dev.wharf.testing.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The check of what the tests see against {@code openapi.yaml} notices what it is there for. */
class ContractCheckTest {
    private static final Map<String, List<String>> JSON =
            Map.of("content-type", List.of("application/json"), "x-trifacta-request-id", List.of("1"));

    private static final String TOKEN = """
            {"tokenId": "1b4e28ba-2fa1-11d2-883f-0016d3cca427", "description": null, "expiredAt": null,
             "createdAt": "2026-01-31T09:00:00.000Z", "lastUsed": null}""";

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1").resolve(path));
    }

    private static void check(HttpRequest.Builder request, int status, String body) {
        ContractCheck.service().check(request.build(), new Api.Answer(status, JSON, body), false);
    }

    private static void checkToken(UnaryOperator<ObjectNode> change) {
        var token = change.apply((ObjectNode) new Api.Answer(200, JSON, TOKEN).json());
        check(to("/v4/apiAccessTokens/1b4e28ba-2fa1-11d2-883f-0016d3cca427"), 200, token.toString());
    }

    @Test
    void everyExampleOfTheDocumentIsAsItsSchemaSays() {
        var document = OpenApiDocument.read();
        var schemas = new OpenApiSchemas(document);

        document.root().at("/components/schemas").forEach(schema -> {
            if (schema.has("example")) {
                assertThat(schemas.faults(schema, schema.get("example"), true))
                        .as(schema.toString())
                        .isEmpty();
            }
        });
    }

    @Test
    void anAnswerAsDeclaredIsTaken() {
        assertThatCode(() -> checkToken(token -> token)).doesNotThrowAnyException();
    }

    @Test
    void aStatusThatIsNotDeclaredFailsWithTheOperationAndTheStatus() {
        assertThatThrownBy(() -> check(to("/v4/people/current"), 202, "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /v4/people/current (getCurrentPerson) answered 202")
                .hasMessageContaining("the status is not declared");
    }

    @Test
    void aRequiredFieldThatIsMissingFails() {
        assertThatThrownBy(() -> checkToken(token -> token.without("createdAt")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("required property 'createdAt' not found");
    }

    @Test
    void aFieldThatIsNotAskedForIsNotMissed() {
        assertThatCode(() -> check(to("/v4/people/7?fields=id"), 200, "{\"id\": 7}"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "createdAt | 7 | /createdAt: integer found, string expected",
                "createdAt | \"yesterday\" | /createdAt: does not match the date-time pattern",
                "tokenId | null | /tokenId: null found, string expected",
            })
    void aValueOfAnotherTypeFailsWithItsPointer(String field, String value, String fault) {
        assertThatThrownBy(() -> checkToken(token -> token.set(field, new Api.Answer(200, JSON, value).json())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(fault);
    }

    @Test
    void aFieldThatIsNotDeclaredFailsAlsoInsideOfOthers() {
        assertThatThrownBy(() -> checkToken(token -> token.put("secret", "x")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("property 'secret' is not defined");
        assertThatThrownBy(() -> check(
                        to("/v4/apiAccessTokens"), 200, "{\"data\": [" + TOKEN.replace("{", "{\"secret\": 1,") + "]}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/data/0: property 'secret' is not defined");
    }

    @Test
    void aContentTypeThatIsNotDeclaredFails() {
        assertThatThrownBy(() -> check(to("/v4/people/7"), 404, "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the content type application/json is not declared");
    }

    @Test
    void aHeaderThatIsMissingOrNotDeclaredFails() {
        var headers = Map.of(
                "content-type", List.of("application/problem+json"), "x-new", List.of("1"), "date", List.of("now"));

        assertThatThrownBy(() -> ContractCheck.service()
                        .check(to("/v4/people/7").build(), new Api.Answer(401, headers, "{}"), false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the header x-trifacta-request-id is missing")
                .hasMessageContaining("the header www-authenticate is missing")
                .hasMessageContaining("the header x-new is not declared")
                .hasMessageNotContaining("the header date");
    }

    @Test
    void aRequestThatWasAcceptedHasToBeOneThatIsAllowedAndOneThatWasRefusedIsFree() {
        var answer = "{\"tokenValue\": \"x\", \"tokenInfo\": " + TOKEN + "}";
        var wrong = to("/v4/apiAccessTokens?verbose=1")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"lifetimeSeconds\": \"7\", \"colour\": \"red\"}"));

        assertThatThrownBy(() -> check(wrong, 201, answer))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the request's body: /lifetimeSeconds: string found, integer expected")
                .hasMessageContaining("the request's body: property 'colour' is not defined")
                .hasMessageContaining("the query parameter verbose is not declared");
        var problem =
                Map.of("content-type", List.of("application/problem+json"), "x-trifacta-request-id", List.of("1"));
        assertThatCode(() -> ContractCheck.service().check(wrong.build(), new Api.Answer(400, problem, """
                {"type": "about:blank", "title": "No", "status": 400, "detail": "No",
                 "exception": {"name": "No", "message": "No", "details": "No"}}"""), false))
                .doesNotThrowAnyException();
    }

    @Test
    void anAddressOfTheApiThatIsAnsweredHasToBeInTheDocument() {
        assertThatThrownBy(() -> check(to("/v4/secrets"), 200, "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /v4/secrets is answered and not in openapi.yaml");
        assertThatCode(() -> check(to("/session"), 200, "{}")).doesNotThrowAnyException();
    }

    @Test
    void theFieldsOfSeveralSchemasInOneAreAllowedTogetherAndNoOthers() {
        var check = new ContractCheck(
                OpenApiDocument.of(new Load(LoadSettings.builder().build()).loadFromString("""
                        paths:
                          /v4/a:
                            get:
                              responses:
                                "200": {content: {application/json: {schema: {$ref: "#/components/schemas/Both"}}}}
                        components:
                          schemas:
                            One: {type: object, properties: {one: {type: string}}}
                            Both:
                              allOf:
                                - {$ref: "#/components/schemas/One"}
                                - {required: [two], properties: {two: {}}}
                        """)));
        var request = to("/v4/a").build();

        assertThatCode(() -> check.check(request, new Api.Answer(200, JSON, "{\"one\": \"1\", \"two\": 2}"), false))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check.check(request, new Api.Answer(200, JSON, "{\"one\": 1, \"three\": 3}"), false))
                .satisfies(failure -> assertThat(failure.getMessage())
                        .contains("/one: integer found", "property 'three' is not defined", "'two' not found"));
    }
}
