package dev.wharf.testing.faulty;

import java.util.List;
import java.util.function.Predicate;

/**
 * An S3 server that misbehaves on demand:
 *
 * <pre>
 * s3.on("PUT", "key").answer(503, "SlowDown").times(2);
 * s3.on("GET", "key").answer(403, "InvalidObjectState");
 * s3.on("GET", "token=").answer(400, "ExpiredToken").after(3);
 * s3.on("POST", "uploadId=").answer(200, "InternalError");
 * s3.on("PUT", "partNumber=2").loseAnswer().abruptly();
 * s3.on("GET", "").delay(Duration.ofMillis(20)).always();
 * s3.when(request -&gt; request.headers().containsKey("Range")).breakBodyAfter(1_000);
 * </pre>
 */
public interface Faulty {
    Faults faults();

    /** The next request of this method whose raw address contains this text meets a fault. */
    default Fault on(String method, String uriPart) {
        return when(request -> request.method().equals(method) && request.uri().contains(uriPart));
    }

    /** The next request of this kind meets a fault. */
    default Fault when(Predicate<Faults.Request> kind) {
        return faults().add(kind);
    }

    /** What has arrived so far. */
    default List<Faults.Request> requests(String method, String uriPart) {
        return faults().requests().stream()
                .filter(request ->
                        request.method().equals(method) && request.uri().contains(uriPart))
                .toList();
    }

    /** Heals everything and forgets what arrived. */
    default void reset() {
        faults().reset();
    }
}
