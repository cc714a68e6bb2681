package dev.wharf.identity;

import dev.wharf.Wharf;
import org.junit.jupiter.api.extension.RegisterExtension;

class BasicOnPostgresTest extends BasicContract {
    @RegisterExtension
    private static final PostgresService SERVICE = new PostgresService();

    @Override
    Wharf service() {
        return SERVICE.wharf();
    }
}
