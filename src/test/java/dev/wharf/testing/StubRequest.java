package dev.wharf.testing;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A request in S3's words, in path style. The key is what its address says, with nothing tidied. */
final class StubRequest {
    private final HttpServerRequest http;
    private final Future<Void> end;
    private final String bucket;
    private final String key;
    private final Map<String, String> query = new TreeMap<>();

    /**
     * @param end when the body has arrived
     */
    StubRequest(HttpServerRequest http, Future<Void> end) {
        this.http = http;
        this.end = end;
        String uri = http.uri();
        int question = uri.indexOf('?');
        String path = uri.substring(1, question < 0 ? uri.length() : question);
        int slash = path.indexOf('/');
        bucket = decoded(slash < 0 ? path : path.substring(0, slash));
        key = slash < 0 ? "" : decoded(path.substring(slash + 1));
        if (question >= 0) {
            for (String pair : uri.substring(question + 1).split("&")) {
                int equals = pair.indexOf('=');
                query.put(
                        URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8),
                        equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
    }

    /** A plus in a path is a plus. */
    static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    HttpServerRequest http() {
        return http;
    }

    String method() {
        return http.method().name();
    }

    /** When the body has arrived, which flows from now on. */
    Future<Void> end() {
        http.resume();
        return end;
    }

    /** Empty for the server itself. */
    String bucket() {
        return bucket;
    }

    /** Empty for the bucket itself. */
    String key() {
        return key;
    }

    boolean has(String parameter) {
        return query.containsKey(parameter);
    }

    /** A parameter, or null. */
    String query(String parameter) {
        return query.get(parameter);
    }

    /** All parameters. */
    Map<String, String> query() {
        return query;
    }

    /** A header, or null. */
    String header(String name) {
        return http.getHeader(name);
    }
}
