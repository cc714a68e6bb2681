package dev.wharf.kernel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedTest {
    private static final List<Object> JOBS = List.of(
            Map.of("id", 9, "status", "Complete"),
            Map.of("id", 10, "status", "Failed"),
            Map.of("id", 8, "status", "x"));

    private static Embedded of(String embed) {
        return Embedded.of(Query.parse("embed=" + embed), List.of("jobs", "creator"));
    }

    @Test
    void optionsSelectSortAndLimit() {
        Embedded embedded = of("creator,jobs(fields=id,limit=2,sort=-id)");

        assertThat(embedded.names()).containsExactly("creator", "jobs");
        assertThat(embedded.show("jobs", JOBS).toString()).isEqualTo("[{\"id\":10},{\"id\":9}]");
        assertThat(of("jobs(fields=id;status,limit=1)")
                        .show("jobs", JOBS)
                        .path(0)
                        .size())
                .isEqualTo(2);
        assertThat(of("jobs").show("jobs", JOBS)).hasSize(3);
        assertThat(of("creator(fields=id)")
                        .show("creator", Map.of("id", 1, "name", "Ann"))
                        .toString())
                .isEqualTo("{\"id\":1}");
        assertThat(of("").names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flow | names \"flow\"; valid associations are jobs, creator",
                "jobs( | must be associations with commas",
                "jobs(limit=1 | must be associations with commas",
                "jobs(offset=1) | has the option \"offset\"",
                "jobs(limit) | has the option \"limit\"",
                "jobs(limit=x) | has a limit that is no whole number",
                "jobs(fields=nmae) | names \"nmae\"; there are",
                "jobs(sort=nmae) | names \"nmae\"; there are",
            })
    void whatCannotBeHonouredIsRefused(String embed, String message) {
        assertThatThrownBy(() -> of(embed).show("jobs", JOBS))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("embed " + message);
    }
}
