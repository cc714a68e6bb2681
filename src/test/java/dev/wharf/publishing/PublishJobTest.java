package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishJobTest {
    private static final String RESULTS =
            "\"results\": [{\"path\": \"s3://bucket/a.csv\", \"format\": \"csv\", \"files\": [\"file:///a.csv\"]}]";

    private static PublishJob read(String fields) {
        return Json.read("{" + fields + "}", PublishJob.class);
    }

    @Test
    void aMessageOfARunNeedsOnlyItsJobGroupAndItsResults() {
        PublishJob job = read("\"jobGroupId\": 9, \"somethingNew\": true, " + RESULTS);

        assertThat(job.announced()).isFalse();
        assertThat(job.results()).singleElement().satisfies(result -> {
            assertThat(result.action()).isEqualTo("create");
            assertThat(result.compression()).isEqualTo("none");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            announcedAs       | "personWorkspaceId": 1, "name": "n", "execution": "spark"
            announcedAs       | "announcedAs": " ", "personWorkspaceId": 1, "name": "n", "execution": "spark"
            personWorkspaceId | "announcedAs": "a", "name": "n", "execution": "spark"
            personWorkspaceId | "announcedAs": "a", "personWorkspaceId": "1", "name": "n", "execution": "spark"
            name              | "announcedAs": "a", "personWorkspaceId": 1, "execution": "spark"
            execution         | "announcedAs": "a", "personWorkspaceId": 1, "name": "n"
            jobGroupId        | "jobGroupId": "nine"
            """)
    void anAnnouncementThatLacksSomethingIsRefusedByItsField(String field, String fields) {
        assertThatThrownBy(() -> read(fields + ", " + RESULTS))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            results        | []
            results        | [null]
            results        | null
            results        | {}
            results.path   | [{"format": "csv", "files": ["file:///a.csv"]}]
            results.format | [{"path": "s3://bucket/a.csv", "files": ["file:///a.csv"]}]
            results.files  | [{"path": "s3://bucket/a.csv", "format": "csv"}]
            results.files  | [{"path": "s3://bucket/a.csv", "format": "csv", "files": []}]
            results.files  | [{"path": "s3://bucket/a.csv", "format": "csv", "files": [null]}]
            results.files  | [{"path": "s3://bucket/a.csv", "format": "csv", "files": [""]}]
            """)
    void aResultThatLacksSomethingIsRefusedByItsField(String field, String results) {
        assertThatThrownBy(() -> read("\"jobGroupId\": 9, \"results\": " + results))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(field);
    }

    @Test
    void anOverlongPathIsRefused() {
        String path = "s3://bucket/" + "x".repeat(2048);

        assertThatThrownBy(() -> read("\"jobGroupId\": 9, \"results\": [{\"path\": \"" + path
                        + "\", \"format\": \"csv\", \"files\": [\"file:///a.csv\"]}]"))
                .hasMessage("results.path has more than 2048 characters");
    }
}
