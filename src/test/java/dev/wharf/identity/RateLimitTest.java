package dev.wharf.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wharf.Wharf;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.problem.TooManyRequestsException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.testing.SettableClock;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest extends WharfTest {
    private final SettableClock clock = new SettableClock();
    private final RateLimit limit = new RateLimit("jobs", new Settings.Rate(2, 3), clock);

    private Runnable later;

    private static Caller person(long id) {
        return new Caller(id, id, 1, id + "@example.com", Set.of());
    }

    /** What an answer's headers say. */
    private Map<String, String> count(long person) {
        Map<String, String> headers = new HashMap<>();
        limit.count(person(person), new Answer() {
            @Override
            public OutputStream begin(int status, Map<String, String> more) {
                throw new AssertionError("The route goes on");
            }

            @Override
            public boolean hasBegun() {
                return false;
            }

            @Override
            public void header(String name, String value) {
                headers.put(name, value);
            }

            @Override
            public void ifRefused(Runnable action) {
                later = action;
            }

            @Override
            public boolean isGone() {
                return false;
            }
        });
        return headers;
    }

    private void assertRefused(long person) {
        assertThatThrownBy(() -> count(person)).isInstanceOf(TooManyRequestsException.class);
    }

    @Test
    void whatIsRefusedLaterCanBeAskedForAgain() {
        count(1);
        count(1);
        assertRefused(1);

        later.run();

        assertThat(count(1)).containsEntry("x-rate-limit-user-remaining", "0");
        assertRefused(1);
    }

    @Test
    void whatIsRefusedInTheNextMinuteGivesNothingBackOfIt() {
        count(1);
        clock.pass(Duration.ofMinutes(1));
        Runnable ofLastMinute = later;
        count(1);

        ofLastMinute.run();

        assertThat(count(1)).containsEntry("x-rate-limit-user-remaining", "0");
    }

    @Test
    void aPersonAndAWorkspaceHaveTheirQuotas() {
        count(1);
        count(1);
        assertRefused(1);
        count(2);
        assertRefused(2);
        assertRefused(3);
    }

    @Test
    void theHeadersSayWhatIsLeftUntilWhen() {
        clock.pass(Duration.ofSeconds(20));
        count(2);

        assertThat(count(1))
                .containsOnly(
                        Map.entry("x-rate-limit-user-limit", "2"),
                        Map.entry("x-rate-limit-user-remaining", "1"),
                        Map.entry("x-rate-limit-user-reset", "1767355260000"),
                        Map.entry("x-rate-limit-workspace-limit", "3"),
                        Map.entry("x-rate-limit-workspace-remaining", "1"),
                        Map.entry("x-rate-limit-workspace-reset", "1767355260000"));
    }

    @Test
    void theNextMinuteBeginsAnew() {
        count(1);
        count(1);
        clock.pass(Duration.ofSeconds(59));
        assertThatThrownBy(() -> count(1)).isInstanceOfSatisfying(TooManyRequestsException.class, refusal -> assertThat(
                        refusal.retryAfterSeconds())
                .isEqualTo(1));

        clock.pass(Duration.ofSeconds(1));

        assertThat(count(1)).containsEntry("x-rate-limit-user-remaining", "1");
    }

    @Test
    void whatIsRefusedDoesNotCount() {
        count(1);
        count(1);
        assertRefused(1);
        assertRefused(1);

        assertThat(count(2)).containsEntry("x-rate-limit-workspace-remaining", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"job-groups", "imported-datasets"})
    void everyAnswerHasTheHeadersAndOneTooManyIs429(String operation) {
        String path = operation.equals("job-groups") ? "/v4/jobGroups" : "/v4/importedDatasets";
        try (Wharf wharf = start(Map.of("wharf.limits." + operation + "-per-user", "1"))) {
            var api = new Api(wharf.api(), token(wharf));
            for (int i = 0; i < 3; i++) {
                var first = api.post(path, "{}");
                assertThat(first.status()).isEqualTo(400);
                assertThat(first.headers().get("x-rate-limit-user-limit")).containsExactly("1");
                assertThat(first.headers().get("x-rate-limit-user-remaining")).containsExactly("1");
                assertThat(first.headers().get("x-rate-limit-workspace-limit")).containsExactly("1000000");
            }
            String uri = upload(api);
            var dataset = api.post("/v4/importedDatasets", Map.of("name", "limits", "uri", uri));
            Map<String, Object> taken = operation.equals("job-groups")
                    ? Map.of(
                            "wrangledDataset",
                            Map.of("id", dataset.json().path("id").asLong()),
                            "testMode",
                            true)
                    : Map.of("name", "limits", "uri", uri);

            var refused = new AtomicReference<Api.Answer>();
            await().until(
                            () -> { // a minute may have begun
                                refused.set(api.post(path, taken));
                                return refused.get().status() == 429;
                            });

            var answer = refused.get();
            assertThat(answer.json().path("exception").path("name").asText()).isEqualTo("TooManyRequestsException");
            assertThat(answer.headers())
                    .containsKeys("x-retry-after", "retry-after", "x-rate-limit-workspace-remaining");
            assertThat(Long.parseLong(answer.headers()
                                    .get("x-rate-limit-user-reset")
                                    .get(0))
                            % 60_000)
                    .isZero();
        }
    }

    private static String upload(Api api) {
        return api.send(api.request("/v4/uploads?name=limits.csv").PUT(BodyPublishers.ofString("a,b\n1,2\n")))
                .json()
                .path("uri")
                .asText();
    }

    @Test
    void whatIsDoneHasTheHeadersAsWell() {
        var answer = API.post("/v4/importedDatasets", Map.of("name", "limits", "uri", upload(API)));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers()).containsKeys("x-rate-limit-user-remaining", "x-rate-limit-workspace-reset");
        assertThat(API.get("/v4/importedDatasets").headers()).doesNotContainKey("x-rate-limit-user-limit");
    }
}
