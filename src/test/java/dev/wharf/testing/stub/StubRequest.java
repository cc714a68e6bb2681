package dev.wharf.testing.stub;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A request in S3's words, in path style. The key is what its address says, with nothing tidied. */
final class StubRequest {
    private static final int LONGEST_KEY = 1_024;

    private final HttpServerRequest http;
    private final Future<Void> end;
    private final String bucket;
    private final String key;
    private final Map<String, String> query;

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
        query = queryOf(uri);
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            throw new S3Error(400, "KeyTooLongError", "Your key is too long");
        }
    }

    /** The parameters of a raw address, decoded. */
    static Map<String, String> queryOf(String uri) {
        var query = new TreeMap<String, String>();
        int question = uri.indexOf('?');
        for (String pair :
                question < 0 ? new String[0] : uri.substring(question + 1).split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            query.put(form(name), equals < 0 ? "" : form(pair.substring(equals + 1)));
        }
        return query;
    }

    /** A plus in a path is a plus. */
    static String decoded(String path) {
        return form(path.replace("+", "%2B"));
    }

    /** A plus in a query is a blank. */
    private static String form(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new S3Error(400, "InvalidURI", "Couldn't parse the specified URI");
        }
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

    /** The address's path, still encoded. */
    String rawPath() {
        int question = http.uri().indexOf('?');
        return question < 0 ? http.uri() : http.uri().substring(0, question);
    }

    boolean has(String parameter) {
        return query.containsKey(parameter);
    }

    /** A parameter, or null. */
    String query(String parameter) {
        return query.get(parameter);
    }

    String queryOr(String parameter, String otherwise) {
        return query.getOrDefault(parameter, otherwise);
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
