package dev.wharf.s3.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signs requests whose body is vouched for by a signed {@code Content-MD5} or checksum without hashing that body a second time
 * ({@code UNSIGNED-PAYLOAD}; AWS, <i>Authenticating requests: header-based</i>). The SDK does so over TLS by itself;
 * over plain HTTP it would read every byte once more for a SHA-256.
 */
final class UnsignedBodies implements AwsV4AuthScheme {
    private static final List<String> VOUCHERS = List.of("Content-MD5", "x-amz-checksum-crc32c");

    private final AwsV4AuthScheme scheme = AwsV4AuthScheme.create();
    private final AwsV4HttpSigner signer = new Signer(scheme.signer());

    @Override
    public String schemeId() {
        return scheme.schemeId();
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return scheme.identityProvider(providers);
    }

    @Override
    public AwsV4HttpSigner signer() {
        return signer;
    }

    private record Signer(AwsV4HttpSigner signer) implements AwsV4HttpSigner {
        @Override
        public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
            var body = request.payload();
            if (body.isEmpty()
                    || request.request().firstMatchingHeader(VOUCHERS).isEmpty()) {
                return signer.sign(request);
            }
            var signed = signer.sign(withoutBody(request));
            return SignedRequest.builder()
                    .request(signed.request())
                    .payload(body.get())
                    .build();
        }

        private static <I extends AwsCredentialsIdentity> SignRequest<I> withoutBody(SignRequest<I> request) {
            return request.toBuilder()
                    .payload(null)
                    .putProperty(PAYLOAD_SIGNING_ENABLED, false)
                    .build();
        }

        @Override
        public CompletableFuture<AsyncSignedRequest> signAsync(
                AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
            return signer.signAsync(request);
        }
    }
}
