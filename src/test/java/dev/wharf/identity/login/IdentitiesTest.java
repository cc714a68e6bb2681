package dev.wharf.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.identity.Caller;
import dev.wharf.identity.CallerTable;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.testing.Databases;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class IdentitiesTest {
    @TempDir
    Path path;

    @Test
    void jobsFindTheirPersonAlsoWhenTheyWereDisabled() throws Exception {
        try (var folder = DataFolder.open(path);
                var database = Databases.open(new Settings.Registry("", "sa", Secret.NONE), folder)) {
            var identities = new Identities(database, Clock.systemUTC());
            identities.bootstrap();
            JdbcClient.create(database.dataSource())
                    .sql("UPDATE membership SET is_disabled = TRUE")
                    .update();

            assertThat(identities.byMembership(1))
                    .get()
                    .extracting(Caller::personId)
                    .isEqualTo(1L);
            assertThat(new CallerTable(database).byMembership(1, false)).isEmpty();
        }
    }
}
