package dev.wharf.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.Wharf;
import dev.wharf.testing.api.Api;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BasicTest extends BasicContract {
    private static Wharf wharf;

    @BeforeAll
    static void open() {
        wharf = start(Map.of());
    }

    @AfterAll
    static void close() {
        wharf.close();
    }

    @Override
    Wharf service() {
        return wharf;
    }

    @Test
    void afterTenWrongPasswordsARightOneIsRefusedAsWellAndTokensAreNot() {
        try (Wharf other = start(Map.of())) {
            var administrator = new Api(other.api(), token(other));
            var newcomer = Newcomer.add(administrator);
            assertThat(login(other, newcomer, Newcomer.PASSWORD).status()).isEqualTo(200);
            for (int i = 0; i < 10; i++) {
                assertThat(login(other, newcomer, "wrong " + i).status()).isEqualTo(401);
            }

            var refused = login(other, newcomer, Newcomer.PASSWORD);

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().path("exception").path("name").asText()).isEqualTo("TooManyRequestsException");
            assertThat(Long.parseLong(refused.headers().get("retry-after").get(0)))
                    .isBetween(1L, 900L);
            assertThat(refused.headers().get("x-retry-after"))
                    .isEqualTo(refused.headers().get("retry-after"));
            assertThat(newcomer.api().get("/v4/people/current").status()).isEqualTo(200);
        }
    }

    @Test
    void wrongPasswordsThatComeAtOnceAreNotMoreThanTen() {
        try (Wharf other = start(Map.of())) {
            var newcomer = Newcomer.add(new Api(other.api(), token(other)));
            ExecutorService clients = Executors.newFixedThreadPool(20);
            try {
                var answers = IntStream.range(0, 20)
                        .mapToObj(
                                i -> CompletableFuture.supplyAsync(() -> login(other, newcomer, "wrong " + i), clients))
                        .toList();

                var statuses =
                        answers.stream().map(answer -> answer.join().status()).toList();

                assertThat(Collections.frequency(statuses, 401)).isBetween(1, 10);
                assertThat(statuses).isSubsetOf(401, 429, 503);
            } finally {
                clients.shutdown();
            }
        }
    }

    private static Api.Answer login(Wharf service, Newcomer person, String password) {
        var stranger = new Api(service.api(), null);
        return stranger.send(stranger.request("/v4/people/current")
                .header("authorization", basic(person.email(), password))
                .GET());
    }
}
