package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.faulty.Content;
import dev.wharf.testing.faulty.Fault;
import dev.wharf.testing.stub.StubS3;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A publication one of whose requests meets a fault, and what becomes of it. */
final class FaultCell {
    /** How often it happens. The adapter tries five times, the job three. */
    enum Times {
        TWICE(2, "Twice, which the adapter outlasts"),
        SIX_TIMES(6, "Six times, which the job outlasts"),
        ALWAYS(Integer.MAX_VALUE, "Always");

        private final int count;
        private final String words;

        Times(int count, String words) {
            this.count = count;
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** What is published. */
    enum Results {
        FILE(1, 40),
        HUNDRED_FILES(100, 40),
        /** Of several parts. */
        LARGE_FILE(1, 17 << 20),
        LARGE_COPY(1, (256L << 20) + 1000);

        private final int files;
        private final long size;

        Results(int files, long size) {
            this.files = files;
            this.size = size;
        }
    }

    private static final String MD5_LIKE = "0123456789abcdef".repeat(2);

    private final Asked asked;
    private final WentWrong fault;
    private final Times times;
    private final Results results;
    private final FaultWorld world;
    private final String folder;
    private final StubS3 store;
    private final Map<String, Content> expected = new TreeMap<>();

    FaultCell(FaultWorld world, int number, Asked asked, WentWrong fault, Times times, Results results) {
        this.world = world;
        this.asked = asked;
        this.fault = fault;
        this.times = times;
        this.results = results;
        this.folder = "cell" + number + "x/";
        this.store = results == Results.LARGE_COPY ? world.largeStore : world.store;
    }

    @Override
    public String toString() {
        return asked + " " + fault + " " + times + " " + results;
    }

    boolean is(Asked ofAsked, WentWrong ofFault, Times ofTimes) {
        return asked == ofAsked && fault == ofFault && times == ofTimes;
    }

    /** The job is announced, and its fault awaits it. */
    void begin() {
        boolean streamed = results == Results.LARGE_FILE || asked.isOfStreams();
        long target = world.connection(store, fault, times);
        long source = streamed ? world.connection(world.otherStore, fault, times) : target;
        List<String> files = IntStream.range(0, results.files)
                .mapToObj(file -> "f" + (100 + file) + ".csv")
                .toList();
        List<String> sources = new ArrayList<>();
        for (String file : files) {
            String bucket = streamed ? "other" : "tmp";
            StubS3 from = streamed ? world.otherStore : store;
            if (results.size > 1000) {
                from.generated(bucket, folder + file, results.size, MD5_LIKE);
            } else {
                from.put(
                        bucket,
                        folder + file,
                        (file + " of " + folder).repeat(10).getBytes(StandardCharsets.UTF_8));
            }
            expected.put(file, from.content(bucket, folder + file));
            sources.add("s3://" + bucket + "/" + folder + file + "?connectionId=" + source);
        }
        meet(asked == Asked.READ ? world.otherStore : store);
        var result = Map.of(
                "path",
                "s3://target/" + folder + "?connectionId=" + target,
                "action",
                "create",
                "format",
                "csv",
                "files",
                sources);
        world.send(Map.of(
                "announcedAs",
                folder,
                "personWorkspaceId",
                1,
                "name",
                "n",
                "execution",
                "spark",
                "results",
                List.of(result)));
    }

    private void meet(StubS3 faulty) {
        // Of a hundred files one in the middle, of a large file its second part.
        String one =
                results == Results.HUNDRED_FILES && !asked.words().contains("list") ? "f150" : folder.replace("/", "");
        boolean second = results.size > 1000 && (asked == Asked.PART || asked == Asked.COPY);
        Fault met = faulty.when(request -> request.uri().contains(folder.replace("/", ""))
                && request.uri().contains(one)
                && (!second || request.uri().contains("partNumber=2"))
                && asked.matches(request));
        fault.happenTo(met.times(times.count).after(asked.spared()));
        if (asked == Asked.LIST_UPLOADS) { // which are listed only by a second attempt
            store.when(request -> request.uri().contains(folder.replace("/", "")) && Asked.COPY.matches(request))
                    .answer(503, "SlowDown")
                    .times(6);
        }
    }

    long id() {
        return world.column(folder, "id", Long.class).orElseThrow();
    }

    private String status() {
        return world.column(folder, "status", String.class).orElseThrow();
    }

    private List<String> left() {
        return store.keys("target").stream()
                .filter(key -> key.startsWith(folder))
                .toList();
    }

    private boolean leavesUploads() {
        return store.uploads("target").stream().anyMatch(key -> key.startsWith(folder));
    }

    /** While the fault is there: what the job says, and what is left of it. */
    String outcome() {
        if (status().equals("Complete")) {
            String warning = world.column(folder, "warning", String.class).orElse("");
            assertThat(warning).as("%s", this).matches("|All files are written.*s3://target/" + folder + ".*");
            return "complete" + (warning.isEmpty() ? "" : ", with a warning until they are listed") + uploads();
        }
        String failure = world.column(folder, "failure", String.class).orElseThrow();
        assertThat(failure)
                .as("%s", this)
                .containsPattern("s3://(target|tmp|other)/" + folder)
                .containsPattern(fault.cause());
        if (!world.isDecided(id())) {
            assertThat(left()).as("%s: %s", this, failure).isEmpty();
            return "failed, nothing left" + uploads();
        }
        assertThat(failure).as("%s", this).contains("Visible (", "/publish goes on", "/withdraw gives up");
        String visible = failure.replaceAll("(?s).*\\bVisible \\((\\d+ of \\d+)\\).*", "$1");
        // Of a hundred that become visible side by side, how many are before one fails is not always the same.
        return "failed with " + visible.replaceAll("^\\d+ of 100$", "some of 100") + " visible; goes on to its end";
    }

    private String uploads() {
        return leavesUploads() ? " but an upload, for now" : "";
    }

    /** The store is well again, and the owner of a job that stopped half-way has it go on, or gives it up. */
    void mend() {
        if (status().equals("Failed") && world.isDecided(id())) {
            var answer = fault == WentWrong.FAILING
                    ? world.api.post("/v4/jobGroups/" + id() + "/withdraw", Map.of())
                    : world.api.put("/v4/jobGroups/" + id() + "/publish", Map.of());
            assertThat(answer.status()).as("%s: %s", this, answer.text()).isEqualTo(200);
        }
    }

    /** In the end. */
    void check() {
        assertThat(leavesUploads()).as("%s: uploads are left", this).isFalse();
        switch (status()) {
            case "Complete" -> {
                assertThat(world.column(folder, "warning", String.class))
                        .as("%s", this)
                        .isEmpty();
                new PublishedFolder(store, folder + "n_" + id() + "/").check(this.toString(), left(), expected);
            }
            case "Failed" -> {
                assertThat(world.isDecided(id()))
                        .as("%s: %s", this, world.job(id()))
                        .isFalse();
                assertThat(left()).as("%s", this).isEmpty();
            }
            case "Canceled" ->
                assertThat(world.job(id()).path("errorMessage").asText())
                        .as("%s", this)
                        .startsWith("Withdrawn by ")
                        .contains("Visible ("
                                + left().stream()
                                        .filter(key -> !key.endsWith("_SUCCESS"))
                                        .count() + " of ");
            default -> throw new AssertionError(this + " is " + status());
        }
    }
}
