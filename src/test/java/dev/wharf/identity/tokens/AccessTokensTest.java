package dev.wharf.identity.tokens;

import dev.wharf.testing.api.Api;

class AccessTokensTest extends AccessTokensContract {
    @Override
    Api api() {
        return API;
    }
}
