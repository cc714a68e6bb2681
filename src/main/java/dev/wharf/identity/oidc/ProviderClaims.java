package dev.wharf.identity.oidc;

/**
 * What a checked token says of its bearer. The subject is who they are to the provider, for ever; the rest is of any kind,
 * or null.
 *
 * @param emailVerified whether the provider has made sure that the address is theirs
 * @param nonce what the sign-in that it was made for has sent
 */
public record ProviderClaims(String subject, Object email, boolean emailVerified, Object name, Object nonce) {
    @Override
    public String toString() {
        return "ProviderClaims[]"; // what a token says is in no log
    }
}
