package dev.wharf.kernel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @Test
    void theSecondQuestionMarkOfTheOriginalsCommandIsPartOfTheUri() {
        assertThat(Query.parse("uri=s3://bucket-name/path/to/object?connectionId=136")
                        .get("uri"))
                .contains("s3://bucket-name/path/to/object?connectionId=136");
    }

    @Test
    void percentEncodingIsUndoneOnceAndAPlusSignStays() {
        assertThat(Query.parse("uri=s3%3A%2F%2Fb%2Fa%252Fb+c%20d%26e").get("uri"))
                .contains("s3://b/a%2Fb+c d&e");
    }

    @Test
    void unencodedBytesAreUtf8() {
        String latin1 = new String(
                "é😀".getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(Query.parse("uri=" + latin1).get("uri")).contains("é😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uri=%", "uri=%4", "uri=%zz", "uri=%ff"})
    void whatCannotBeReadIsACallersMistake(String raw) {
        assertThatThrownBy(() -> Query.parse(raw))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.VALIDATION_FAILED));
    }

    @Test
    void whatIsGivenTwiceIsReadOnlyByWhoReadsAll() {
        Query query = Query.parse("uri=b&limit=1&uri=a&limit=2");

        assertThat(query.all("uri")).containsExactly("b", "a");
        assertThatThrownBy(() -> query.get("uri")).hasMessageStartingWith("uri is given twice");
        assertThatThrownBy(() -> query.number("limit", 1, 1, 9)).hasMessageStartingWith("limit is given twice");
    }

    @Test
    void nothingIsAnEmptyQuery() {
        assertThat(Query.parse(null).get("uri")).isEmpty();
        assertThat(Query.parse("").get("uri")).isEmpty();
    }

    @Test
    void numbersHaveBounds() {
        assertThat(Query.parse("limit=7").number("limit", 25, 1, 1000)).isEqualTo(7);
        assertThat(Query.parse("").number("limit", 25, 1, 1000)).isEqualTo(25);
        assertThatThrownBy(() -> Query.parse("limit=0").number("limit", 25, 1, 1000))
                .hasMessage("limit must be a whole number from 1 to 1000");
        assertThatThrownBy(() -> Query.parse("limit=x").number("limit", 25, 1, 1000))
                .isInstanceOf(ProblemException.class);
    }
}
