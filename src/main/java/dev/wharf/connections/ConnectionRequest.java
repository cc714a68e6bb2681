package dev.wharf.connections;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.credentials.Credential;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import dev.wharf.store.S3Uri;
import java.util.List;

/**
 * The body that creates a connection ({@code domain.md} §1.4, §3.4), checked.
 *
 * @param credential null where none is given
 */
@AlsoTaken(
        empty = {
            "ssl",
            "sshTunneling",
            "host",
            "port",
            "advancedCredentialType",
            "advancedCredentials",
            "oauth2StateId",
            "endpoints",
            "connectParams"
        })
public record ConnectionRequest(
        String name,
        String description,
        String credentialType,
        boolean isGlobal,
        boolean credentialsShared,
        boolean disableTypeInference,
        String bucket,
        ConnectionParams params,
        Credential credential)
        implements RequestBody {
    private static final int MAX_NAME = 255;
    private static final int MAX_DESCRIPTION = 4000;

    @JsonCreator
    static ConnectionRequest of(
            @JsonProperty("vendor") String vendor,
            @JsonProperty("vendorName") String vendorName,
            @JsonProperty("type") String type,
            @JsonProperty("credentialType") String credentialType,
            @JsonProperty("name") String name,
            @JsonProperty("description") String description,
            @JsonProperty("isGlobal") Boolean isGlobal,
            @JsonProperty("credentialsShared") Boolean credentialsShared,
            @JsonProperty("disableTypeInference") Boolean disableTypeInference,
            @JsonProperty("bucket") String bucket,
            @JsonProperty("params") ConnectionParams params,
            @JsonProperty("credentials") List<CredentialFields> credentials) {
        var faults = new Faults();
        faults.check(() -> requireValue("vendor", vendor, "aws"));
        faults.check(() -> requireValue("type", type, "remotefile"));
        if (vendorName != null) {
            faults.check(() -> requireValue("vendorName", vendorName, "aws"));
        }
        faults.check(() -> Text.name("name", name, MAX_NAME));
        faults.check(() -> Text.description("description", description, MAX_DESCRIPTION));
        faults.check(() -> requireBucket(bucket));
        ConnectionParams checked = faults.get(() -> params == null ? ConnectionParams.NONE : params.checked());
        Credential credential = faults.get(() -> credentials == null || credentials.isEmpty()
                ? null
                : Credential.of(
                        credentialType,
                        credentials.stream()
                                .map(each -> each == null ? null : each.given())
                                .toList()));
        faults.refuse();
        return new ConnectionRequest(
                name,
                description,
                credentialType == null ? "" : credentialType,
                Boolean.TRUE.equals(isGlobal),
                !Boolean.FALSE.equals(credentialsShared),
                Boolean.TRUE.equals(disableTypeInference),
                bucket == null || bucket.isEmpty() ? null : bucket,
                checked,
                credential);
    }

    ConnectionRequest withParams(ConnectionParams others) {
        return new ConnectionRequest(
                name,
                description,
                credentialType,
                isGlobal,
                credentialsShared,
                disableTypeInference,
                bucket,
                others,
                credential);
    }

    /**
     * @throws ProblemException 403 for a public connection by one who is no administrator
     */
    void requirePublisher(Caller caller) {
        if (isGlobal && !caller.isWorkspaceAdmin()) {
            throw new ProblemException(Problem.FORBIDDEN, "isGlobal may be set by a workspace administrator only");
        }
    }

    private static void requireBucket(String bucket) {
        if (bucket != null && !bucket.isEmpty() && !S3Uri.isBucket(bucket)) {
            throw ProblemException.invalid(
                    "bucket", "must be a bucket's name alone: 3 to 63 letters, digits, dots or hyphens");
        }
    }

    private static void requireValue(String field, String value, String only) {
        if (!only.equals(value)) {
            throw ProblemException.invalid(field, "must be \"" + only + "\" for an external S3 connection");
        }
    }
}
