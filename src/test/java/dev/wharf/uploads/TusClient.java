package dev.wharf.uploads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Base64;

/** A client of the tus protocol, which can be cut off. */
record TusClient(URI service, String token) {
    private static final String BYTES = "application/offset+octet-stream";

    Api api() {
        return new Api(service, token);
    }

    Api.Answer create(String name, long size) {
        String encoded = Base64.getEncoder().encodeToString(name.getBytes(UTF_8));
        return api().send(api().request("/v4/uploads")
                .header("tus-resumable", "1.0.0")
                .header("upload-length", String.valueOf(size))
                .header("upload-metadata", "filename " + encoded + ",filetype dGV4dC9jc3Y=")
                .POST(BodyPublishers.noBody()));
    }

    /** The address of a new one. */
    String begin(String name, long size) {
        var answer = create(name, size);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.headers().get("location").get(0);
    }

    Api.Answer send(String path, long offset, byte[] bytes) {
        return api().send(api().request(path)
                .header("tus-resumable", "1.0.0")
                .header("upload-offset", String.valueOf(offset))
                .header("content-type", BYTES)
                .method("PATCH", BodyPublishers.ofByteArray(bytes)));
    }

    /** All that follows an offset. */
    Api.Answer sendRest(String path, byte[] content) {
        int offset = (int) offset(path);
        return send(path, offset, Arrays.copyOfRange(content, offset, content.length));
    }

    Api.Answer head(String path) {
        return api().send(api().request(path).header("tus-resumable", "1.0.0").method("HEAD", BodyPublishers.noBody()));
    }

    long offset(String path) {
        return Long.parseLong(head(path).headers().get("upload-offset").get(0));
    }

    /** Begins to send, from an offset to the end, and stops in the middle; the connection is still open. */
    Socket sendSome(String path, byte[] content, int offset, int count) throws IOException {
        var socket = new Socket(service.getHost(), service.getPort());
        var out = socket.getOutputStream();
        out.write(("PATCH " + path + " HTTP/1.1\r\nhost: wharf\r\nauthorization: Bearer " + token
                        + "\r\ntus-resumable: 1.0.0\r\nupload-offset: " + offset + "\r\ncontent-type: " + BYTES
                        + "\r\ncontent-length: " + (content.length - offset) + "\r\n\r\n")
                .getBytes(UTF_8));
        out.write(content, offset, count);
        out.flush();
        return socket;
    }
}
