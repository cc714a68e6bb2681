package dev.wharf;

import dev.wharf.testing.api.Api;

class MainJobTest extends MainJobContract {
    @Override
    String baseBucket() {
        return "wharf";
    }

    @Override
    Api api() {
        return API;
    }
}
