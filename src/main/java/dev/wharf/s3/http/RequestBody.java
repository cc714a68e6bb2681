package dev.wharf.s3.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;

/** A body of known length, opened anew whenever it is sent. */
final class RequestBody extends AbstractHttpEntity {
    /** As much as the JDK hands to the system at one time. */
    private static final int PIECE = 128 << 10;

    private final ContentStreamProvider body;
    private final long length;

    private RequestBody(ContentStreamProvider body, long length) {
        super((String) null, null);
        this.body = body;
        this.length = length;
    }

    /** What tells no length is one of the SDK's own documents: it is sent with its length, as stores want one. */
    static HttpEntity of(SdkHttpRequest head, ContentStreamProvider body) {
        return head.firstMatchingHeader("Content-Length")
                .<HttpEntity>map(length -> new RequestBody(body, Long.parseLong(length)))
                .orElseGet(() -> new ByteArrayEntity(whole(body), null));
    }

    private static byte[] whole(ContentStreamProvider body) {
        try {
            return body.newStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The SDK closes the streams that it hands out. */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        InputStream in = body.newStream();
        byte[] piece = new byte[(int) Math.min(PIECE, length + 1)];
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            out.write(piece, 0, count);
        }
    }

    @Override
    public InputStream getContent() {
        return body.newStream();
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public void close() {}
}
