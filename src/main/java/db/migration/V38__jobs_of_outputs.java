package db.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * Gives each output of a job an id of its own among jobs. The first is shown as the publication itself; each further one has a
 * row that says only that there is one, as it stands as the publication does that writes it. In Java, as each database has
 * named the constraint that goes in its own way.
 */
public final class V38__jobs_of_outputs extends BaseJavaMigration {
    private static final String CONSTRAINTS = """
            SELECT constraint_name FROM information_schema.table_constraints
            WHERE LOWER(table_name) = 'job' AND table_schema = CURRENT_SCHEMA AND constraint_type = 'UNIQUE'""";

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (var statement = connection.createStatement()) {
            for (String name : uniqueConstraints(connection)) {
                statement.execute("ALTER TABLE job DROP CONSTRAINT \"" + name + "\"");
            }
            // From 1, as outputs are counted; 0 for runs and publications.
            statement.execute("ALTER TABLE job ADD COLUMN output_no INTEGER DEFAULT 0 NOT NULL");
            statement.execute("CREATE UNIQUE INDEX job_of_group ON job (job_group_id, job_type, output_no)");
            statement.execute("ALTER TABLE result_file ADD COLUMN output_no INTEGER DEFAULT 1 NOT NULL");
        }
    }

    private static List<String> uniqueConstraints(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(CONSTRAINTS)) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }
}
