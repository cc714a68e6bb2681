package dev.wharf.publishing;

import dev.wharf.testing.faulty.Faults.Request;
import java.util.Set;
import java.util.function.Predicate;

/** What a publication asks of stores, in the order in which it does, and how such a request is known. */
enum Asked {
    LIST_BEFORE("list the target folder before", request -> isList(request), 0, Content.DOCUMENT),
    HEAD_SOURCE("HEAD of the source", request -> isHead(request, "/tmp/"), 0, Content.HEAD),
    READ("read the source", request -> request.method().equals("GET") && isOf(request, "/other/"), 0, Content.OBJECT),
    CREATE(
            "create an upload",
            request -> request.method().equals("POST") && has(request, "uploads"),
            0,
            Content.DOCUMENT),
    PART("upload a part", request -> isPart(request) && !isCopy(request), 0, Content.NONE),
    COPY("copy a part", request -> isPart(request) && isCopy(request), 0, Content.DOCUMENT),
    ABORT("abort an upload", request -> request.method().equals("DELETE") && has(request, "uploadId"), 0, Content.NONE),
    LIST_UPLOADS(
            "list the uploads of an earlier attempt",
            request -> request.method().equals("GET") && has(request, "uploads"),
            0,
            Content.DOCUMENT),
    HEAD_BEFORE("HEAD of the target before", request -> isHead(request, "/target/"), 0, Content.HEAD),
    COMPLETE(
            "complete an upload",
            request -> request.method().equals("POST") && has(request, "uploadId"),
            0,
            Content.DOCUMENT),
    HEAD_AFTER("HEAD of the target after", request -> isHead(request, "/target/"), 1, Content.HEAD),
    MARKER(
            "put _SUCCESS",
            request -> request.method().equals("PUT") && request.uri().endsWith("_SUCCESS"),
            0,
            Content.NONE),
    LIST_AFTER("list the target folder after", request -> isList(request), 1, Content.DOCUMENT);

    /** What an answer has. */
    private enum Content {
        NONE,
        HEAD,
        DOCUMENT,
        OBJECT
    }

    private final String words;
    private final Predicate<Request> kind;
    private final int spared;
    private final Content content;

    Asked(String words, Predicate<Request> kind, int spared, Content content) {
        this.words = words;
        this.kind = kind;
        this.spared = spared;
        this.content = content;
    }

    String words() {
        return words;
    }

    boolean matches(Request request) {
        return kind.test(request);
    }

    /** So many requests of the kind come before the one that is meant. */
    int spared() {
        return spared;
    }

    /** Whether an answer can be wrong in this way. */
    boolean canMeet(WentWrong fault) {
        return switch (fault) {
            case CUT_SHORT -> content == Content.DOCUMENT || content == Content.OBJECT;
            case ERROR_INSIDE -> content != Content.HEAD;
            default -> true;
        };
    }

    /** Of a file whose bytes come from another store. */
    boolean isOfStreams() {
        return Set.of(READ, PART).contains(this);
    }

    private static boolean isOf(Request request, String bucket) {
        return request.uri().startsWith(bucket);
    }

    private static boolean isHead(Request request, String bucket) {
        return request.method().equals("HEAD")
                && isOf(request, bucket)
                && !request.uri().endsWith("_SUCCESS");
    }

    private static boolean isList(Request request) {
        return request.method().equals("GET") && has(request, "list-type");
    }

    private static boolean isPart(Request request) {
        return request.method().equals("PUT") && has(request, "partNumber");
    }

    private static boolean isCopy(Request request) {
        return request.headers().containsKey("x-amz-copy-source");
    }

    private static boolean has(Request request, String parameter) {
        int query = request.uri().indexOf('?');
        return query >= 0 && request.uri().substring(query).matches(".*[?&]" + parameter + "(=.*|&.*|$)");
    }
}
