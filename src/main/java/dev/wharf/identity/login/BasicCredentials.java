package dev.wharf.identity.login;

import dev.wharf.kernel.settings.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code Authorization: Basic} says (RFC 7617).
 *
 * @param email in lower case, as it is stored
 */
record BasicCredentials(String email, Secret password) {
    private static final Pattern BASIC = Pattern.compile("(?i)basic +([A-Za-z0-9+/]{1,4096}={0,2})");
    private static final int MAX_LENGTH = 1024;

    /** Empty if the header is of another scheme, malformed, or longer than any address and password can be. */
    static Optional<BasicCredentials> parse(String authorization) {
        var basic = BASIC.matcher(authorization.strip());
        if (!basic.matches()) {
            return Optional.empty();
        }
        try {
            String pair = StandardCharsets.UTF_8
                    .newDecoder() // which reports what is no UTF-8
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(basic.group(1))))
                    .toString();
            int colon = pair.indexOf(':');
            if (colon < 0 || pair.length() > MAX_LENGTH || pair.chars().anyMatch(Character::isISOControl)) {
                return Optional.empty();
            }
            return Optional.of(new BasicCredentials(
                    pair.substring(0, colon).toLowerCase(Locale.ROOT), new Secret(pair.substring(colon + 1))));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
