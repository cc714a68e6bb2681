package dev.wharf.flows;

import dev.wharf.kernel.sql.Database;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HsqldbFlowsTest extends FlowsContract {
    private static Database database;

    @BeforeAll
    static void start() {
        database = upgraded("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc", "sa");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }
}
