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
import java.util.HexFormat;
import java.util.Map;

/** A text that browsers are sent, small enough to be kept in memory. */
record WebFile(String contentType, Buffer bytes) {
    /** What is found under a name that holds a hash of it never changes. */
    static final String FOR_EVER = "public, max-age=31536000, immutable";
    /** Browsers keep it and ask each time whether it is still the same: a new version shows at once. */
    static final String ASK_EACH_TIME = "private, no-cache";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /**
     * @param resource of the class path
     * @throws IllegalStateException if there is none
     */
    static WebFile read(String resource) {
        try (InputStream in = WebFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The class path has no " + resource);
            }
            // A checkout on Windows may have turned line ends; hashes are of what a browser makes of the text.
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
            return of(resource.substring(resource.lastIndexOf('.') + 1), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param type by the extension that a file of it would have */
    static WebFile of(String type, String text) {
        return new WebFile(TYPES.get(type), Buffer.buffer(text));
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What stands for the content in a name. */
    String hash() {
        return HexFormat.of().formatHex(digest(text()), 0, 8);
    }

    void send(RoutingContext context, String caching) {
        String etag = '"' + hash() + '"';
        HttpServerResponse response = context.response()
                .putHeader("cache-control", caching)
                .putHeader("vary", "accept-encoding")
                .putHeader("etag", etag)
                .putHeader("content-type", contentType);
        String known = context.request().getHeader("if-none-match");
        if (known != null && known.contains(etag)) {
            response.setStatusCode(304).end();
        } else {
            response.end(bytes);
        }
    }

    /** The source by which a policy allows an element of this content. */
    static String allowed(String content) {
        return "'sha256-" + Base64.getEncoder().encodeToString(digest(content)) + '\'';
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
