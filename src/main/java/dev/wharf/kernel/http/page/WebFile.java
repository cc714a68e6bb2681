package dev.wharf.kernel.http.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A file of {@code web/}, small enough to be kept in memory. */
record WebFile(String contentType, Buffer bytes, String etag) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** @param name without a folder; the caller has made sure of it */
    static Optional<WebFile> find(String name) {
        try (InputStream in = WebFile.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                return Optional.empty();
            }
            // A checkout on Windows may have turned line ends; hashes are of what a browser makes of the text.
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            return Optional.of(new WebFile(type, Buffer.buffer(text), '"' + sha256(text) + '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Browsers keep it and ask each time whether it is still the same: a new version shows at once. */
    void send(RoutingContext context) {
        HttpServerResponse response = context.response()
                .putHeader("cache-control", "private, no-cache")
                .putHeader("etag", etag)
                .putHeader("content-type", contentType);
        String known = context.request().getHeader("if-none-match");
        if (known != null && known.contains(etag)) {
            response.setStatusCode(304).end();
        } else {
            response.end(bytes);
        }
    }

    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
