package dev.wharf.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | json",
                "'' | json",
                "*/* | json",
                "text/html | json",
                "application/x-ndjson | x-ndjson",
                "APPLICATION/X-NDJSON;charset=utf-8 | x-ndjson",
                "text/plain, application/x-ndjson | x-ndjson",
                "application/x-ndjson;q=0.5, application/json | json",
                "application/json;q=0.5, application/x-ndjson;q=0.9 | x-ndjson",
                "application/x-ndjson;q=0, */* | json",
                "application/json;q=0, application/* | x-ndjson",
                "*/*, application/x-ndjson | x-ndjson",
                "application/x-ndjson;q=0.1, */*;q=0.9 | json",
                "application/x-ndjson, application/json | x-ndjson",
                "application/json, application/x-ndjson | json",
                "nonsense, application/x-ndjson | x-ndjson",
                "text/html, *; q=.2, application/x-ndjson; q=.3 | x-ndjson",
                "application/x-ndjson;q=much | json"
            })
    void whatIsWantedMostOfWhatThereIsIsAnswered(String accept, String answered) {
        var offered = new LinkedHashSet<>(List.of("application/json", "application/x-ndjson"));

        assertThat(MediaTypes.chosen(Optional.ofNullable(accept), offered)).isEqualTo("application/" + answered);
    }
}
