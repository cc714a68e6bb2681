package dev.wharf.connections;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.HttpAddress;
import dev.wharf.network.CaCertificates;
import dev.wharf.network.EndpointRules;
import dev.wharf.store.StoreAccess;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an S3-compatible store needs beyond a key pair. All may be missing.
 *
 * @param region an AWS region's code; {@code us-east-1} by default
 * @param endpoint the store's address; AWS by default
 * @param pathStyle whether buckets are part of the path; by default only where an endpoint is given
 * @param checksums {@code WHEN_SUPPORTED} or {@code WHEN_REQUIRED}; the latter by default where an endpoint is given
 * @param caCertificate certificates of authorities to trust for this connection besides those that Java does, as PEM
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectionParams(
        String region, String endpoint, Boolean pathStyle, String checksums, String caCertificate) {
    static final ConnectionParams NONE = new ConnectionParams(null, null, null, null, null);

    private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /**
     * The same, checked. What is stored was checked by the rules of its day: it is read as it is.
     *
     * @throws ProblemException 400 naming the field
     */
    ConnectionParams checked() {
        var faults = new Faults();
        faults.check(this::checkRegion);
        faults.check(this::checkEndpoint);
        faults.check(this::checkChecksums);
        if (caCertificate != null) {
            faults.check(() -> requireAuthorities(caCertificate));
        }
        faults.refuse();
        return this;
    }

    private void checkRegion() {
        if (region != null && !REGION.matcher(region).matches()) {
            throw ProblemException.invalid("params.region", "must be a region's code such as eu-west-1");
        }
    }

    private void checkEndpoint() {
        if (endpoint != null && !isEndpoint(endpoint)) {
            throw ProblemException.invalid(
                    "params.endpoint", "must be " + HttpAddress.RULE + ", and nothing behind it");
        }
    }

    private void checkChecksums() {
        if (checksums != null && !Set.of("WHEN_SUPPORTED", "WHEN_REQUIRED").contains(checksums)) {
            throw ProblemException.invalid("params.checksums", "must be WHEN_SUPPORTED or WHEN_REQUIRED");
        }
    }

    /** The same in another region; as it is if that is no region's code. */
    ConnectionParams in(String other) {
        return REGION.matcher(other).matches()
                ? new ConnectionParams(other, endpoint, pathStyle, checksums, caCertificate)
                : this;
    }

    /**
     * @throws ProblemException 400 if the endpoint leads where no connection may lead
     */
    void requireEndpoint(EndpointRules rules) {
        if (endpoint != null) {
            rules.objection(URI.create(endpoint)).ifPresent(objection -> {
                throw ProblemException.invalid("params.endpoint", objection);
            });
        }
    }

    private static void requireAuthorities(String pem) {
        try {
            CaCertificates.of(pem);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("params.caCertificate", e.getMessage());
        }
    }

    /** Whether the store is another than AWS S3. */
    boolean leadsElsewhere() {
        return !StoreAccess.isAws(endpoint == null ? null : URI.create(endpoint));
    }

    /** Whether another server could be asked, or be trusted to be the one that is. */
    boolean leadsElsewhereThan(ConnectionParams other) {
        return !Objects.equals(endpoint, other.endpoint) || !Objects.equals(caCertificate, other.caCertificate);
    }

    private static boolean isEndpoint(String text) {
        return HttpAddress.parse(text)
                .filter(uri -> uri.getUserInfo() == null
                        && uri.getQuery() == null
                        && uri.getFragment() == null
                        && (uri.getPath().isEmpty() || uri.getPath().equals("/")))
                .isPresent();
    }
}
