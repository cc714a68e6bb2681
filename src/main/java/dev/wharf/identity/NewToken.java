package dev.wharf.identity;

/**
 * A token as it is shown once, to whoever asked for it.
 *
 * @param tokenValue what goes behind {@code Authorization: Bearer}
 */
public record NewToken(String tokenValue, TokenInfo tokenInfo) {
    @Override
    public String toString() {
        return "NewToken[tokenInfo=" + tokenInfo + "]";
    }
}
