package dev.wharf.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hsqldb.jdbc.JDBCDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A registry that people are in already. */
class PeopleMigrationTest {
    @Test
    void whoWasInTheWorkspaceOnHsqldbStaysAndIsNotDisabled() {
        var database = new JDBCDataSource();
        database.setUrl("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc");

        assertThatPeopleStay(database);
    }

    @Test
    void whoWasInTheWorkspaceOnPostgresqlStaysAndIsNotDisabled() throws IOException {
        try (var server = EmbeddedPostgres.start()) {
            assertThatPeopleStay(server.getPostgresDatabase());
        }
    }

    private static void assertThatPeopleStay(DataSource database) {
        Flyway.configure().dataSource(database).target("1").load().migrate();
        var registry = JdbcClient.create(database);
        registry.sql("INSERT INTO workspace (uuid, name, created_at) VALUES ('w', 'Workspace', CURRENT_TIMESTAMP)")
                .update();
        registry.sql("INSERT INTO person (uuid, email, name, created_at)"
                        + " VALUES ('p', 'ann@example.com', 'Ann', CURRENT_TIMESTAMP)")
                .update();
        registry.sql("INSERT INTO membership (workspace_id, person_id, created_at) VALUES (1, 1, CURRENT_TIMESTAMP)")
                .update();

        Flyway.configure().dataSource(database).load().migrate();

        assertThat(registry.sql("SELECT p.email FROM person p JOIN membership m ON m.person_id = p.id"
                                + " WHERE NOT m.is_disabled AND p.password_hash IS NULL")
                        .query(String.class)
                        .list())
                .containsExactly("ann@example.com");
    }
}
