package dev.wharf.kernel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body may hold. */
class JsonTest {
    record Inner(String name) {}

    record Body(
            String name,
            Boolean flag,
            boolean plainFlag,
            Long number,
            Inner inner,
            List<String> names,
            List<Map<String, String>> credentials) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":1}                      | name must be a string
            {"name":1.5}                    | name must be a string
            {"name":true}                   | name must be a string
            {"name":["x"]}                  | name must be a string
            {"flag":""}                     | flag must be true or false
            {"flag":" "}                    | flag must be true or false
            {"flag":"true"}                 | flag must be true or false
            {"flag":1}                      | flag must be true or false
            {"plainFlag":""}                | plainFlag must be true or false
            {"plainFlag":0}                 | plainFlag must be true or false
            {"number":""}                   | number must be a whole number
            {"number":" "}                  | number must be a whole number
            {"number":"1"}                  | number must be a whole number
            {"number":1.5}                  | number must be a whole number
            {"number":true}                 | number must be a whole number
            {"inner":""}                    | inner must be an object
            {"inner":" "}                   | inner must be an object
            {"inner":{"name":1}}            | inner.name must be a string
            {"names":""}                    | names must be an array
            {"names":"x"}                   | names must be an array
            {"names":[1]}                   | names[0] must be a string
            {"credentials":[{"secret":1}]}  | credentials[0].secret must be a string
            """)
    void aValueOfAnotherTypeIsRefusedByTheNameOfItsField(String document, String message) {
        assertThatThrownBy(() -> Json.read(document, Body.class))
                .isInstanceOf(ProblemException.class)
                .hasMessage(message);
    }

    @Test
    void textStaysAsItIs() {
        assertThat(Json.read("{\"name\":\"\",\"plainFlag\":true,\"names\":[\" \"]}", Body.class))
                .isEqualTo(new Body("", null, true, null, null, List.of(" "), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"name\":", "{\"unknown\":", "{\"unknown\":["})
    void howeverDeepABodyIsNestedItIsRefusedByItsPlace(String level) {
        assertThatThrownBy(() -> Json.read(level.repeat(200_000), Body.class))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(400));
    }

    record Small(int number) {}

    @Test
    void aNumberThatDoesNotFitIsToldItsBounds() {
        assertThatThrownBy(() -> Json.read("{\"number\":99999999999}", Small.class))
                .hasMessage("number must be a whole number from -2147483648 to 2147483647");
    }
}
