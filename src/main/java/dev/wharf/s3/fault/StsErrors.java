package dev.wharf.s3.fault;

import dev.wharf.store.Credentials.KeyPair;
import dev.wharf.store.Credentials.Role;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Says in plain words why a role could not be assumed. Codes are those of AWS's <i>AssumeRole</i> and <i>Common errors</i>. */
public final class StsErrors {
    private static final Set<String> CREDENTIAL_CODES = Set.of(
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException",
            "IncompleteSignature",
            "ExpiredToken",
            "ExpiredTokenException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException");
    private static final Set<String> CLOCK_CODES = Set.of("RequestExpired", "RequestTimeTooSkewed");
    // STS says so under SignatureDoesNotMatch.
    private static final Pattern CLOCK = Pattern.compile("(?i)signature (expired|not yet current)");

    private final Role role;
    private final String host;

    /** @param endpoint null for AWS STS in that region */
    public StsErrors(Role role, String region, URI endpoint) {
        this.role = role;
        this.host = endpoint == null ? "AWS STS in region " + region : endpoint.toString();
    }

    public StoreException of(RuntimeException failure) {
        if (failure instanceof StoreException known) {
            return known;
        }
        String place = "The role " + role.arn() + " cannot be assumed";
        return failure instanceof SdkServiceException answer
                ? answered(new StoreAnswer(answer), place)
                : ConnectionErrors.of(failure, host, place);
    }

    private StoreException answered(StoreAnswer answer, String place) {
        Kind kind = kind(answer);
        String detail =
                switch (kind) {
                    case DENIED -> denied();
                    case BAD_CREDENTIALS ->
                        host + " does not accept " + role.by().words() + " that is to assume it: "
                                + (role.by() instanceof KeyPair
                                        ? "enter its access key id and secret again"
                                        : "an operator gives this service another one");
                    case CLOCK_SKEW ->
                        "the clocks of this service and of " + host + " differ" + answer.skew(host.startsWith("AWS"));
                    case UNAVAILABLE -> host + " is overloaded or failing, also after several tries";
                    default ->
                        host + " refused the request; check the role's ARN, and that STS is active in the region";
                };
        return new StoreException(kind, place + ": " + detail + answer.words(), answer.failure());
    }

    private String denied() {
        return "STS denies sts:AssumeRole on " + role.arn() + " to " + role.by().words()
                + "; the role's trust policy has to name it as a principal"
                + (role.externalId() == null
                        ? ", and may ask for an external id (sts:ExternalId), which this connection does not have"
                        : ", with exactly the external id (sts:ExternalId) that this connection has")
                + "; and what assumes the role needs sts:AssumeRole on it itself"
                + (host.startsWith("AWS")
                        ? ""
                        : "; some stores answer a wrong secret in the same way: check the key pair as well");
    }

    private static Kind kind(StoreAnswer answer) {
        String code = answer.code();
        if (CLOCK_CODES.contains(code) || CLOCK.matcher(answer.message()).find()) {
            return Kind.CLOCK_SKEW;
        }
        if (CREDENTIAL_CODES.contains(code)) {
            return Kind.BAD_CREDENTIALS;
        }
        if (answer.status() >= 500 || answer.status() == 429 || code.startsWith("Throttling")) {
            return Kind.UNAVAILABLE;
        }
        return answer.status() == 401 || answer.status() == 403 ? Kind.DENIED : Kind.REFUSED;
    }
}
