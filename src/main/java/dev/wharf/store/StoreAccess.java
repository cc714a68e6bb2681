package dev.wharf.store;

import dev.wharf.network.CaCertificates;
import java.net.URI;

/**
 * Everything that is needed to talk to a store on somebody's behalf. Two equal accesses share one client; a changed one
 * gets a new client, and the old is closed when its last operation has ended.
 *
 * @param connectionId the connection, or null for base storage
 * @param region an AWS region's code, {@code us-east-1} by default
 * @param endpoint the store's address, or null for AWS S3
 * @param pathStyle whether the bucket is part of the path rather than of the host's name
 * @param checksums whether reading asks the store for checksums and compares them: never by default on custom endpoints,
 *     which often refuse to be asked. What is written goes with a {@code Content-MD5}, which every store checks, or with a
 *     CRC-32C to a store that has shown that it checks that
 * @param credentials as whom
 * @param encryption what to ask for when writing
 * @param kmsKeyId the key, for {@link Encryption#KMS}; else null
 * @param caCertificates whom to trust besides those that this Java does, as {@link CaCertificates}; null for nobody
 */
public record StoreAccess(
        Long connectionId,
        String region,
        URI endpoint,
        boolean pathStyle,
        Checksums checksums,
        Credentials credentials,
        Encryption encryption,
        String kmsKeyId,
        String caCertificates) {

    /** A store whose certificate this Java trusts. */
    public StoreAccess(
            Long connectionId,
            String region,
            URI endpoint,
            boolean pathStyle,
            Checksums checksums,
            Credentials credentials,
            Encryption encryption,
            String kmsKeyId) {
        this(connectionId, region, endpoint, pathStyle, checksums, credentials, encryption, kmsKeyId, null);
    }

    /** Server-side encryption, as in the credential's {@code serverSideEncryption} ({@code domain.md} §1.4). */
    public enum Encryption {
        NONE("none"),
        AES256("AES256"),
        KMS("aws:kms");

        private final String value;

        Encryption(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }
    }

    /** The SDK's {@code responseChecksumValidation}. */
    public enum Checksums {
        WHEN_SUPPORTED,
        WHEN_REQUIRED;

        /** Many S3-compatible stores refuse the checksums that the SDK adds by itself. */
        public static Checksums usual(boolean customEndpoint) {
            return customEndpoint ? WHEN_REQUIRED : WHEN_SUPPORTED;
        }
    }

    /** Whether the store is AWS S3 itself, in one of AWS's partitions. */
    public boolean isAws() {
        return isAws(endpoint);
    }

    /** @param endpoint null for AWS S3 */
    public static boolean isAws(URI endpoint) {
        String host = endpoint == null ? null : endpoint.getHost();
        return endpoint == null
                || host != null && (host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn"));
    }

    public boolean isPlainHttp() {
        return endpoint != null && "http".equals(endpoint.getScheme());
    }

    public StoreAccess withChecksums(Checksums others) {
        return new StoreAccess(
                connectionId, region, endpoint, pathStyle, others, credentials, encryption, kmsKeyId, caCertificates);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "StoreAccess[connectionId=" + connectionId + ", endpoint=" + endpoint + ", region=" + region + "]";
    }
}
