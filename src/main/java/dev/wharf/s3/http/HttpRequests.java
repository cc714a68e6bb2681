package dev.wharf.s3.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** The SDK's requests as Apache HttpClient's. */
final class HttpRequests {
    private static final Set<SdkHttpMethod> WITH_BODY =
            Set.of(SdkHttpMethod.PUT, SdkHttpMethod.POST, SdkHttpMethod.PATCH);
    /** That HttpClient adds itself, from the body; and the host, which is the first of all. */
    private static final Set<String> OWN_HEADERS = Set.of("content-length", "transfer-encoding", "host");

    private HttpRequests() {}

    static HttpUriRequestBase of(HttpExecuteRequest request) {
        SdkHttpRequest head = request.httpRequest();
        var made = new HttpUriRequestBase(head.method().name(), uri(head));
        made.addHeader("Host", head.firstMatchingHeader("Host").orElseGet(() -> host(head)));
        head.forEachHeader((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> made.addHeader(name, value));
            }
        });
        if (WITH_BODY.contains(head.method())) {
            request.contentStreamProvider().ifPresent(body -> made.setEntity(RequestBody.of(head, body)));
        }
        return made;
    }

    /** As it was signed: without the port that goes without saying. */
    private static String host(SdkHttpRequest head) {
        return SdkHttpUtils.isUsingStandardPort(head.protocol(), head.port())
                ? head.host()
                : head.host() + ":" + head.port();
    }

    /** HttpClient takes a path that begins with two slashes for a host. Keys may hold them anywhere; %2F is the same key. */
    private static URI uri(SdkHttpRequest head) {
        String path = head.encodedPath();
        return path.contains("//")
                ? head.toBuilder()
                        .encodedPath(path.replace("//", "/%2F"))
                        .build()
                        .getUri()
                : head.getUri();
    }
}
