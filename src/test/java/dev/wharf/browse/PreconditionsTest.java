package dev.wharf.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {
    private static final String ETAG = "abc-2";

    private static Preconditions of(String method, Map<String, String> headers) {
        return Preconditions.of(new RequestHead() {
            @Override
            public String method() {
                return method;
            }

            @Override
            public Optional<String> header(String name) {
                return Optional.ofNullable(headers.get(name));
            }
        });
    }

    private static Preconditions of(String name, String value) {
        return of("GET", Map.of(name, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc-2\"", "*", " * ", "\"x\", \"abc-2\"", "W/\"abc-2\",\"abc-2\"", "\"a,b\",\"abc-2\""})
    void aVersionThatIsWantedIsSent(String match) {
        assertThat(of("If-Match", match).isKnown(ETAG)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "W/\"abc-2\"", "abc-2", "", "\"abc\"", "\"*\"", "\"x abc-2\""})
    void anotherVersionIsRefused(String match) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> of("If-Match", match).isKnown(ETAG))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.PRECONDITION_FAILED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc-2\"", "W/\"abc-2\"", "*", "\"x\", W/\"abc-2\""})
    void aVersionThatTheCallerHasIsKnown(String noneMatch) {
        assertThat(of("If-None-Match", noneMatch).isKnown(ETAG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "abc-2", "", "\"\""})
    void aVersionThatTheCallerDoesNotHaveIsNot(String noneMatch) {
        assertThat(of("If-None-Match", noneMatch).isKnown(ETAG)).isFalse();
    }

    @Test
    void aFileWithoutAnEtagIsNoVersion() {
        assertThat(of("If-None-Match", "\"\"").isKnown("")).isFalse();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> of("If-Match", "\"\"").isKnown(""));
    }

    @Test
    void aRangeHoldsForItsVersionOnly() {
        var range = Map.of("Range", "bytes=0-1");

        assertThat(of("GET", range).rangeOf(ETAG)).isNotNull();
        assertThat(of("HEAD", range).rangeOf(ETAG)).isNull();
        assertThat(of("GET", Map.of("Range", "bytes=0-1", "If-Range", "\"abc-2\""))
                        .rangeOf(ETAG))
                .isNotNull();
        for (String other : new String[] {"\"x\"", "W/\"abc-2\"", "Sun, 22 Nov 2026 10:00:00 GMT"}) {
            assertThat(of("GET", Map.of("Range", "bytes=0-1", "If-Range", other))
                            .rangeOf(ETAG))
                    .isNull();
        }
    }

    @Test
    void withoutConditionsTheFileNeedNotBeLookedAt() {
        assertThat(of("GET", Map.of()).any()).isFalse();
        assertThat(of("If-Range", "\"x\"").any()).isFalse();
        assertThat(of("Range", "bytes=0-1,3-4").any()).isFalse();
        assertThat(of("Range", "bytes=0-1").any()).isTrue();
        assertThat(of("If-Match", "*").any()).isTrue();
    }
}
