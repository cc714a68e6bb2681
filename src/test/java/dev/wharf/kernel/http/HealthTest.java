package dev.wharf.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest extends WharfTest {
    @Test
    void readinessNamesWhatTheServiceNeeds() {
        var ready = new Api(WHARF.observe(), null).get("/observe/health/ready").json();

        for (String name : new String[] {"database", "pool", "broker", "disk"}) {
            assertThat(ready.path("checks").path(name).asText()).as(name).isEqualTo("UP");
        }
        assertThat(new Api(WHARF.observe(), TOKEN).get("/observe/metrics").text())
                .contains("wharf_registry_disk_free_bytes");
    }

    @Test
    void withoutItsDatabaseTheServiceIsAliveAndNotReadyAndSaysSoAtOnce() throws IOException {
        var postgres = EmbeddedPostgres.start();
        try (var wharf = start(Map.of(
                "wharf.registry.url",
                postgres.getJdbcUrl("postgres", "postgres"),
                "wharf.registry.user",
                "postgres"))) {
            var api = new Api(wharf.api(), token(wharf));
            var observe = new Api(wharf.observe(), null);
            assertThat(api.get("/v4/connections").status()).isEqualTo(200);
            assertThat(observe.get("/observe/health/ready").status()).isEqualTo(200);

            postgres.close();

            await().until(() -> api.get("/v4/connections").status() == 503);
            long begin = System.nanoTime();
            var refused = api.get("/v4/connections");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsKey("retry-after");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
            var ready = observe.get("/observe/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().path("checks").path("database").asText()).isEqualTo("DOWN");
            assertThat(ready.json().path("checks").path("broker").asText()).isEqualTo("UP");
            assertThat(observe.get("/observe/health/live").status()).isEqualTo(200);
        }
    }
}
