package dev.wharf.identity.audit;

import dev.wharf.testing.api.Api;
import java.net.URI;

class AuditEventsTest extends AuditEventsContract {
    @Override
    Api api() {
        return API;
    }

    @Override
    URI files() {
        return WHARF.files();
    }
}
