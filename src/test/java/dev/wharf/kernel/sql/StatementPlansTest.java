package dev.wharf.kernel.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * How the embedded registry finds rows. It takes the first index that fits a condition with a constant, and carries no
 * condition over from the other side of a join: a statement that forgets this reads every job there ever was.
 */
class StatementPlansTest {
    private static final Path STATEMENTS = Path.of("src/main/resources/sql");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*$");
    private static final Pattern PARAMETER = Pattern.compile(":#(in:)?\\$\\{[^}]*}|(?<![:\\w]):(?!:)[a-zA-Z]\\w*");
    private static final Pattern TABLE = Pattern.compile("table=(\\w+)");
    private static final Pattern CONDITION = Pattern.compile("arg_left=\\[\\s*COLUMN: PUBLIC\\.\\w+\\.(\\w+)");

    /** A row or more for each job, file or use. */
    private static final Set<String> GROWING = Set.of(
            "AUDIT_EVENT",
            "IMPORTED_DATASET",
            "JOB",
            "JOB_GROUP",
            "MANIFEST",
            "MANIFEST_FILE",
            "OUTBOX_MESSAGE",
            "RESULT_DATASET",
            "RESULT_FILE",
            "UPLOAD",
            "WEBHOOK_DELIVERY",
            "WRITE_SETTING");

    /** Upkeep of a minute or more apart, and what an administrator asks for now and then. */
    private static final Set<String> SELDOM = Set.of(
            "connections/users",
            "datasets/stale",
            "jobs/counts",
            "jobs/undone",
            "jobs/unlisted",
            "uploads/delete-ended-inbox-files",
            "webhooks/forget");

    /** Reads in the order of an index, as far as the page goes. */
    private static final Set<String> PAGES = Set.of("datasets/visible");

    @Test
    void noStatementOfEveryDayReadsAllThereEverWas() throws Exception {
        var reading = new TreeSet<String>();
        try (var database = Databases.inMemory();
                var connection = database.dataSource().getConnection();
                var files = Files.walk(STATEMENTS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sql")).toList()) {
                for (String range : plan(connection, file).split("range variable")) {
                    if (readsAll(range)) {
                        reading.add(STATEMENTS.relativize(file).toString().replace(".sql", ""));
                    }
                }
            }
        }

        reading.removeAll(SELDOM);
        reading.removeAll(PAGES);
        assertThat(reading).isEmpty();
    }

    private static String plan(Connection connection, Path file) throws IOException, SQLException {
        String sql = PARAMETER
                .matcher(COMMENT.matcher(Files.readString(file)).replaceAll(""))
                .replaceAll("?");
        var plan = new StringBuilder();
        try (var statement = connection.prepareStatement("EXPLAIN PLAN FOR " + sql);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private static boolean readsAll(String range) {
        var table = TABLE.matcher(range);
        if (!table.find() || !GROWING.contains(table.group(1))) {
            return false;
        }
        int start = range.indexOf("start conditions=");
        if (start < 0) {
            return true;
        }
        int other = range.indexOf("other condition=", start);
        var columns = new TreeSet<String>();
        CONDITION
                .matcher(range.substring(start, other < 0 ? range.length() : other))
                .results()
                .forEach(column -> columns.add(column.group(1)));
        return columns.equals(Set.of("JOB_TYPE"));
    }
}
