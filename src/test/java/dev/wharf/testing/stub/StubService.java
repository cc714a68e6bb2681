package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Answers requests as S3 does. */
final class StubService {
    private final Map<String, StubBucket> buckets = new ConcurrentSkipListMap<>();
    private final ListingHabits listing = new ListingHabits();
    private final BucketRequests bucketRequests = new BucketRequests(buckets, listing);
    private final ObjectRequests objectRequests;
    private final UploadRequests uploadRequests;
    private final SigV4 signatures;
    private final StubOptions options;

    /**
     * @param signatures null where none are looked at
     */
    StubService(Vertx vertx, StubOptions options, SigV4 signatures) {
        this.signatures = signatures;
        this.options = options;
        objectRequests = new ObjectRequests(vertx, options, buckets);
        uploadRequests = new UploadRequests(options, objectRequests, buckets);
    }

    ListingHabits listing() {
        return listing;
    }

    void createBucket(String name) {
        buckets.putIfAbsent(name, new StubBucket());
    }

    /** Lets go of all that it holds. */
    void forget() {
        buckets.clear();
    }

    /**
     * @throws S3Error NoSuchBucket
     */
    StubBucket bucket(String name) {
        StubBucket bucket = buckets.get(name);
        if (bucket == null) {
            throw S3Error.noSuchBucket(name);
        }
        return bucket;
    }

    /** Whatever goes wrong is an answer as well, once the body has been taken: who is still sending does not listen. */
    Future<Answer> answer(HttpServerRequest http) {
        Future<Void> end = http.end();
        Future<Answer> answer;
        try {
            answer = answer(new StubRequest(http, end));
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        return answer.recover(failure -> {
            http.resume();
            return end.map(refusal(failure));
        });
    }

    private static Answer refusal(Throwable failure) {
        return failure instanceof S3Error error
                ? error.answer()
                : Answer.error(500, "InternalError", String.valueOf(failure), Map.of());
    }

    private Future<Answer> answer(StubRequest request) {
        if (signatures != null) {
            signatures.check(request);
        }
        ObjectHeaders.takeEncryption(request, options);
        Checksums.take(request, options);
        if (request.bucket().isEmpty()) {
            return request.end().map(ended -> bucketRequests.list(request));
        }
        StubBucket bucket = bucket(request.bucket());
        if (request.key().isEmpty()) {
            return request.end().map(ended -> bucketRequests.answer(request, bucket));
        }
        return UploadRequests.isMeant(request)
                ? uploadRequests.answer(request, bucket)
                : objectRequests.answer(request, bucket);
    }
}
