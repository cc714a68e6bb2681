package dev.wharf.testing.api;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;

/** The text of a request, which the JDK's client hands on to be sent and does not show. */
final class SentBody {
    private SentBody() {}

    static String of(HttpRequest request) {
        var text = BodySubscribers.ofString(StandardCharsets.UTF_8);
        request.bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                text.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                text.onNext(List.of(bytes));
            }

            @Override
            public void onError(Throwable failure) {
                text.onError(failure);
            }

            @Override
            public void onComplete() {
                text.onComplete();
            }
        });
        return text.getBody().toCompletableFuture().join();
    }
}
