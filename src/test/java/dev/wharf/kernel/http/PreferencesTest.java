package dev.wharf.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | false",
                "'' | false",
                "respond-async | true",
                "Respond-Async | true",
                "respond-asynchronous | false",
                "never-respond-async | false",
                "wait=10, respond-async | true",
                "respond-async, wait=10 | true",
                "respond-async;foo=bar; baz | true",
                "respond-async=\"\" | true",
                "respond-async=no | false",
                "return=minimal; respond-async | false",
                "foo=\"a, respond-async, b\" | false",
                "foo=\"a, b\" ,respond-async | true",
                ",, respond-async, | true"
            })
    void aPreferenceIsAWholeTokenAmongOthersWithOrWithoutParameters(String prefer, boolean preferred) {
        assertThat(Preferences.has(Optional.ofNullable(prefer), Preferences.RESPOND_ASYNC))
                .isEqualTo(preferred);
    }
}
