package dev.wharf.credentials;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.store.Credentials;
import java.util.Map;
import java.util.regex.Pattern;

/** An access key id with its secret, as a credential holds them ({@code domain.md} §3.3). */
public record KeyPair(String accessKeyId, Secret secretAccessKey) {
    // What can stand in an Authorization header; AWS's own are far shorter.
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,512}");

    public static KeyPair of(CredentialType type, Map<String, String> credential) {
        String prefix = "credentials[0].";
        return new KeyPair(
                required(prefix + type.keyField(), credential.get(type.keyField())),
                new Secret(required(prefix + type.secretField(), credential.get(type.secretField()))));
    }

    /** From fields of these names. */
    public static KeyPair of(String key, String secret) {
        return new KeyPair(required("key", key), new Secret(required("secret", secret)));
    }

    public Credentials credentials() {
        return new Credentials.KeyPair(accessKeyId, secretAccessKey.value());
    }

    private static String required(String field, String value) {
        if (value != null && !value.isEmpty() && Mask.hides(value)) {
            String part = field.substring(field.indexOf('.') + 1);
            throw ProblemException.invalid(field, "is masked: send the " + part + " itself");
        }
        if (value != null && !value.equals(value.strip())) {
            throw ProblemException.invalid(field, "begins or ends with a blank or a line end: paste it again without");
        }
        if (value == null || !KEY.matcher(value).matches()) {
            throw ProblemException.invalid(
                    field, "must have 1 to 512 printable ASCII characters without blanks or line ends");
        }
        return value;
    }
}
