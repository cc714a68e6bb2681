package dev.wharf.s3.http;

import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpService;

/** Found by the SDK where it makes a client of its own accord, as its credentials chain does for web identities. */
public final class StoreHttpService implements SdkHttpService {
    @Override
    public HttpSettings createHttpClientBuilder() {
        return new HttpSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), 2);
    }
}
