package dev.wharf.identity.people;

import dev.wharf.Wharf;
import dev.wharf.identity.PostgresService;
import org.junit.jupiter.api.extension.RegisterExtension;

class PeopleOnPostgresTest extends PeopleContract {
    @RegisterExtension
    private static final PostgresService SERVICE = new PostgresService();

    @Override
    Wharf service() {
        return SERVICE.wharf();
    }
}
