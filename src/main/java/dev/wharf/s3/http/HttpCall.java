package dev.wharf.s3.http;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** One request. To abort it closes its connection, whatever it is at, the reading of the answer included. */
record HttpCall(CloseableHttpClient client, HttpUriRequestBase request) implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() throws IOException {
        boolean answered = false;
        try {
            HttpExecuteResponse answer = answer(client.executeOpen(null, request, null));
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                abort(); // HttpClient keeps the connection of a request that ends with an Error
            }
        }
    }

    private HttpExecuteResponse answer(ClassicHttpResponse from) throws IOException {
        var head = SdkHttpResponse.builder().statusCode(from.getCode()).statusText(from.getReasonPhrase());
        from.headerIterator().forEachRemaining(header -> head.appendHeader(header.getName(), header.getValue()));
        return HttpExecuteResponse.builder()
                .response(head.build())
                .responseBody(body(from))
                .build();
    }

    private AbortableInputStream body(ClassicHttpResponse from) throws IOException {
        HttpEntity body = from.getEntity();
        if (body == null || body.getContentLength() == 0) {
            from.close(); // gives the connection back: nobody reads what is empty
            return body == null ? null : AbortableInputStream.createEmpty();
        }
        return AbortableInputStream.create(body.getContent(), this);
    }

    @Override
    public void abort() {
        request.abort();
    }
}
