package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.jobs.Publication;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.publishing.PublishJob.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementsTest {
    private static final Publication JOB = new Publication(1, 9, "uuid", 1, "daily/orders", "spark", true, 1, null);

    private static List<Placement> placements(boolean multiPartOutput, Result... results) {
        return placements(multiPartOutput, List.of(), results);
    }

    private static List<Placement> placements(boolean multiPartOutput, List<String> profile, Result... results) {
        var limits = Settings.of(Map.of("wharf.limits.multi-part-output", String.valueOf(multiPartOutput)))
                .limits();
        return new Placements(JOB, limits, "base")
                .of(new PublishJob(9L, null, null, null, null, List.of(results), profile));
    }

    private static Result result(String path, String... files) {
        return new Result(path, "create", "csv", "none", null, List.of(files));
    }

    @ParameterizedTest
    @CsvSource({
        "out/orders.csv,            out/orders_9/orders.csv",
        "orders.csv,                orders_9/orders.csv",
        "out/orders,                out/orders_9/orders",
        "out/orders.v2.csv,         out/orders.v2_9/orders.v2.csv",
        "out/orders.csv.gz,         out/orders_9/orders.csv.gz",
        "out/orders.json.zst,       out/orders_9/orders.json.zst",
        "out/orders.parquet,        out/orders_9/orders.parquet",
        "out/.csv,                  out/.csv_9/.csv",
        "out//a b/ü+%2F.csv,        out//a b/ü+%2F_9/ü+%2F.csv",
        "out/,                      out/daily_orders_9/part-0.csv",
    })
    void aJobWritesIntoAFolderOfItsOwn(String path, String key) {
        var placements = placements(false, result("s3://bucket/" + path + "?connectionId=3", "s3://tmp/x/part-0.csv"));

        assertThat(placements).singleElement().satisfies(placement -> {
            assertThat(placement.target().toString()).isEqualTo("s3://bucket/" + key + "?connectionId=3");
            assertThat(placement.source()).isEqualTo("s3://tmp/x/part-0.csv");
        });
    }

    @Test
    void partFilesKeepTheirNamesWhereTheyAreAllowed() {
        var placements = placements(
                true,
                result("s3://bucket/out/orders.csv", "s3://tmp/part-0.csv?connectionId=2", "file:///r/part%201.csv"));

        assertThat(placements)
                .extracting(placement -> placement.target().key())
                .containsExactly("out/orders_9/part-0.csv", "out/orders_9/part 1.csv");
    }

    @Test
    void theOnlyPartKeepsItsNameAsWell() {
        var placements = placements(
                true,
                new Result(
                        "s3://bucket/out/orders.csv",
                        "create",
                        "csv",
                        "none",
                        false,
                        List.of("s3://tmp/part-00000.csv")));

        assertThat(placements)
                .extracting(placement -> placement.target().key())
                .containsExactly("out/orders_9/part-00000.csv");
    }

    @Test
    void aProfileLiesHiddenBesideTheResultsOfEachFolder() {
        var placements = placements(
                false,
                List.of("file:///r/profilerRules.json"),
                result("s3://bucket/out/a.csv", "s3://tmp/a"),
                result("s3://bucket/out/a.json", "s3://tmp/a"),
                result("s3://bucket/out/b.csv?connectionId=3", "s3://tmp/b"));

        assertThat(placements)
                .filteredOn(Placement::profile)
                .extracting(placement -> placement.target().toString())
                .containsExactly(
                        "s3://bucket/out/a_9/.profiler/profilerRules.json",
                        "s3://bucket/out/b_9/.profiler/profilerRules.json?connectionId=3");
        assertThat(placements).extracting(placement -> placement.folder().key()).containsOnly("out/a_9/", "out/b_9/");
    }

    @Test
    void partFilesOfOneNameAreRefused() {
        assertThatThrownBy(() -> placements(
                        true, result("s3://bucket/out/orders.csv", "s3://tmp/a/part.csv", "s3://tmp/b/part.csv")))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("Two results end in s3://bucket/out/orders_9/part.csv");
    }

    @Test
    void aFileMayNotTakeTheMarkersName() {
        assertThatThrownBy(() -> placements(false, result("s3://bucket/out/", "s3://tmp/_SUCCESS")))
                .hasMessageContaining("marks a job folder as complete");
    }

    @Test
    void aPathThatGrowsTooLongIsRefused() {
        assertThatThrownBy(() -> placements(false, result("s3://bucket/" + "x".repeat(1020), "s3://tmp/a.csv")))
                .hasMessageContaining("longer than 1024 bytes");
    }
}
