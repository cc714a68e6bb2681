package dev.wharf.testing.faulty;

import dev.wharf.testing.stub.BodyWriter;
import dev.wharf.testing.stub.XmlBytes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.TreeMap;

/** What an S3 server has to say, before it is sent, so that a {@link Fault} can change it or stop half-way. */
public record Answer(int status, Map<String, String> headers, Content body) {
    public Answer {
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = sorted;
    }

    public static Answer xml(int status, Content body) {
        return new Answer(status, Map.of("Content-Type", "application/xml"), body);
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), Content.EMPTY);
    }

    public static Answer error(int status, String code, String message, Map<String, String> headers) {
        XmlBytes xml = new XmlBytes(256)
                .raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>")
                .element("Code", code)
                .element("Message", message)
                .raw("<RequestId>1</RequestId></Error>");
        Answer answer = xml(status, xml.content());
        answer.headers.putAll(headers);
        return answer;
    }

    public Answer with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Answer with(Map<String, String> others) {
        headers.putAll(others);
        return this;
    }

    Answer without(String name) {
        headers.remove(name);
        return this;
    }

    boolean isXml() {
        return body.size() > 0 && body.slice(0, 1).bytes()[0] == '<';
    }

    Answer withBody(Content other) {
        return new Answer(status, headers, other);
    }

    Future<Void> send(HttpServerRequest request) {
        HttpServerResponse response = begin(request).response();
        if (request.method() == HttpMethod.HEAD || body.size() == 0) {
            return response.end();
        }
        Buffer first = BodyWriter.piece(body, 0, BodyWriter.CHUNK);
        if (first.length() == body.size()) {
            return response.end(first);
        }
        return BodyWriter.write(request, body, body.size()).compose(written -> response.end());
    }

    /** The head of the answer to this request, alone; the announced length is that of the whole body. */
    HttpServerRequest begin(HttpServerRequest request) {
        HttpServerResponse response =
                request.response().setStatusCode(status).setWriteQueueMaxSize(BodyWriter.IN_FLIGHT);
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Transfer-Encoding")) {
                response.putHeader(name, value);
            }
        });
        boolean told = request.method() == HttpMethod.HEAD && headers.containsKey("Content-Length");
        if (!told && status != 204 && status != 304) {
            response.putHeader("Content-Length", String.valueOf(body.size()));
        }
        return request;
    }
}
