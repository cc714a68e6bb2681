package dev.wharf.testing.stub;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The keys that a stub knows: pairs, and sessions of roles, which have a token as well. */
final class StubKeys {
    /** {@code token} is null for a pair. */
    record Key(String secret, String token) {}

    private static final Key ENDED = new Key("", "");

    private final Map<String, Key> keys = new ConcurrentHashMap<>();

    void add(String accessKeyId, String secret, String token) {
        keys.put(accessKeyId, new Key(secret, token));
    }

    void end(String accessKeyId) {
        keys.replace(accessKeyId, ENDED);
    }

    boolean has(String accessKeyId) {
        return keys.containsKey(accessKeyId);
    }

    /**
     * @throws S3Error InvalidAccessKeyId, InvalidToken, ExpiredToken
     */
    String secret(String accessKeyId, String token) {
        Key key = keys.get(accessKeyId);
        if (key == null) {
            throw new S3Error(
                    403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records");
        }
        if (key == ENDED) {
            throw new S3Error(400, "ExpiredToken", "The provided token has expired.");
        }
        if (key.token() != null && !key.token().equals(token)) {
            throw new S3Error(400, "InvalidToken", "The provided token is malformed or otherwise invalid.");
        }
        return key.secret();
    }
}
