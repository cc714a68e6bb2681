package dev.wharf.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardedPostTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void startAServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/moved") ? 302 : 200, 0);
            exchange.getResponseBody().write(new byte[1 << 16]);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int post(String path, String... allowed) throws Exception {
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        try (var post = new GuardedPost(new EndpointRules(List.of(allowed)), Duration.ofSeconds(5))) {
            return post.send(address, "{}", Map.of("x-test", "yes"));
        }
    }

    @Test
    void aPrivateAddressIsNotConnectedToUnlessItWasAllowed() throws Exception {
        assertThatThrownBy(() -> post("/here")).isInstanceOf(ForbiddenAddressException.class);
        assertThat(asked).isEmpty();

        assertThat(post("/here", "127.0.0.0/8")).isEqualTo(200);
    }

    @Test
    void nobodyIsFollowedToAnotherAddress() throws Exception {
        assertThat(post("/moved", "127.0.0.0/8")).isEqualTo(302);

        assertThat(asked).containsExactly("/moved");
    }
}
