package dev.wharf.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.Wharf;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedUploadsTest extends WharfTest {
    @Test
    void slowUploadsLeaveRoomForEverybodyElse() throws IOException {
        try (Wharf wharf = start(Map.of("wharf.uploads.max-concurrent", "1"))) {
            var api = new Api(wharf.api(), token(wharf));
            try (var slow = new Socket("127.0.0.1", wharf.api().getPort())) {
                slow.getOutputStream()
                        .write(("PUT /v4/uploads?name=slow.csv HTTP/1.1\r\nhost: wharf\r\nauthorization: Bearer "
                                        + token(wharf) + "\r\ncontent-length: 1000\r\n\r\nabc")
                                .getBytes(StandardCharsets.US_ASCII));

                await().until(() -> upload(api).status() == 503);
                assertThat(upload(api).headers()).containsKey("retry-after");
                assertThat(api.get("/v4/connections").status()).isEqualTo(200);
            }
            await().until(() -> upload(api).status() == 201);
        }
    }

    private static Api.Answer upload(Api api) {
        return api.send(api.request("/v4/uploads?name=quick.csv").PUT(BodyPublishers.ofString("a,b\n")));
    }
}
