package dev.wharf.kernel.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller may send, and how they learn what is wrong with it. */
class BodyReaderTest {
    record Params(String region, String endpoint, Boolean pathStyle) {
        Params {
            if ("mars".equals(region)) {
                throw ProblemException.invalid("params.region", "must be on earth");
            }
        }
    }

    record Key(String secret, Long number) {}

    @AlsoTaken(empty = "ssl", any = "updatedAt")
    record Body(
            String name,
            Boolean flag,
            Long number,
            Reference owner,
            Params params,
            @JsonProperty("keys") @JsonAlias("pairs") List<Key> keys,
            JsonNode free) {
        Body {
            if (name == null) {
                throw ProblemException.invalid("name", "is missing");
            }
        }
    }

    private static Body read(String json) {
        return Json.body(Json.read(json, JsonNode.class), Body.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"n","nmae":"x"}                      | nmae is not known here; did you mean name?
            {"name":"n","Name":"x"}                      | Name is not known here; did you mean name?
            {"name":"n","params":{"regoin":"x"}}         | params.regoin is not known here; did you mean region?
            {"name":"n","params":{"secret":"x"}}         | params.secret is not known here; did you mean keys[0].secret?
            {"name":"n","region":"x"}                    | region is not known here; did you mean params.region?
            {"name":"n","keys":[{"secret":"x"},{"q":1}]} | keys[1].q is not known here; there are secret, number
            {"name":"n","zzz":null}                      | zzz is not known here; there are name, flag, number, owner, params, keys, pairs, free
            {"name":"n","ssl":true}                      | ssl is not supported: leave it out
            {"name":"n","ssl":{"a":[0]}}                 | ssl is not supported: leave it out
            {"name":"n","keys":[],"pairs":[]}            | pairs is given twice, as keys and as pairs
            {"name":"n","owner":{"id":null}}             | owner.id must be a whole number
            {"name":"n","owner":{"id":"x"}}              | owner.id must be a whole number, and is sent as a string
            {"name":"n","flag":"yes"}                    | flag must be true or false, and is sent as a string
            {"name":"n","flag":"true"}                   | flag must be true or false, and is sent as a string
            {"name":"n","number":"7"}                    | number must be a whole number, and is sent as a string
            {"name":"n","flag":1}                        | flag must be true or false
            {"name":"n","number":1.5}                    | number must be a whole number
            {"name":"n","number":"1.5"}                  | number must be a whole number, and is sent as a string
            {"name":"n","number":true}                   | number must be a whole number
            {"name":1}                                   | name must be a string
            {"flag":1}                                   | flag must be true or false; also name is missing
            {"params":{"region":"mars"},"keys":{},"x":1} | params.region must be on earth; also keys must be an array; also x is not known here; there are name, flag, number, owner, params, keys, pairs, free; also name is missing
            []                                           | The body must be a JSON object
            """)
    void everyFaultIsToldByTheNameOfItsField(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.VALIDATION_FAILED))
                .hasMessage(message);
    }

    @Test
    void idsMayBeQuoted() {
        Body body = read("{\"name\":\"1\",\"number\":-7,\"flag\":true,\"owner\":{\"id\":\"3\"},"
                + "\"pairs\":[{\"number\":4}],\"ssl\":\"\",\"updatedAt\":5,\"free\":{\"any\":[1]}}");

        assertThat(body.name()).isEqualTo("1");
        assertThat(body.number()).isEqualTo(-7);
        assertThat(body.flag()).isTrue();
        assertThat(body.owner().id()).isEqualTo(3);
        assertThat(body.keys()).containsExactly(new Key(null, 4L));
        assertThat(body.free().toString()).isEqualTo("{\"any\":[1]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"n","ssl":false}
            {"name":"n","ssl":null}
            {"name":"n","ssl":{"a":[],"b":{"c":null}}}
            """)
    void whatIsNotSupportedIsTakenWhereItAsksForNothing(String json) {
        assertThat(read(json).name()).isEqualTo("n");
    }

    @Test
    void bytesAreReadAlike() {
        assertThat(Json.body("{\"name\":\"n\",\"number\":7}".getBytes(UTF_8), Body.class)
                        .number())
                .isEqualTo(7);
        assertThatThrownBy(() -> Json.body("{\"name\":\"n\",\"nubmer\":7}".getBytes(UTF_8), Body.class))
                .hasMessage("nubmer is not known here; did you mean number?");
        assertThatThrownBy(() -> Json.body("{\"name\":\"n\"} {}".getBytes(UTF_8), Body.class))
                .hasMessage("The body must be a JSON object");
    }

    @Test
    void manyFaultsAreCountedRatherThanToldAll() {
        var json = new StringBuilder("{\"name\":\"n\"");
        for (int index = 0; index < 5000; index++) {
            json.append(",\"").append(index).append("x".repeat(200)).append("\":1");
        }

        assertThatThrownBy(() -> read(json + "}"))
                .hasMessageEndingWith("; and 4990 faults more")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(3000));
    }
}
