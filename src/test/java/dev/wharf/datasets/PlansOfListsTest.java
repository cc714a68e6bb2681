package dev.wharf.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Sql;
import dev.wharf.testing.Databases;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How HSQLDB goes about a page of datasets, of which a workspace may have very many. */
class PlansOfListsTest {
    private static Database database;

    @BeforeAll
    static void open() {
        database = Databases.inMemory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** HSQLDB explains statements without parameters only. */
    private static String plan(String statement, Map<String, String> params) {
        String written = Pattern.compile(":(\\w+)")
                .matcher(statement)
                .replaceAll(name -> params.getOrDefault(name.group(1), name.group()));
        List<String> lines = JdbcClient.create(database.dataSource())
                .sql("EXPLAIN PLAN FOR " + written)
                .query(String.class)
                .list();
        return String.join("\n", lines).replaceAll("\\s+", " ");
    }

    private static String primaryKey() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT constraint_name FROM information_schema.table_constraints"
                        + " WHERE table_name = 'IMPORTED_DATASET' AND constraint_type = 'PRIMARY KEY'")
                .query(String.class)
                .single();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "-id"})
    void aPageInTheOrderOfIdsIsReadInThatOrderAndNoFurther(String sort) {
        var query = ListQuery.of(Query.parse("sort=" + sort), "name", Map.of("name", "name"), Map.of("id", "id"));

        String plan = plan(
                query.rows(Sql.of("datasets/visible")),
                Map.ofEntries(
                        Map.entry("workspace", "1"),
                        Map.entry("person", "1"),
                        Map.entry("all", "TRUE"),
                        Map.entry("owned", "FALSE"),
                        Map.entry("shared", "FALSE"),
                        Map.entry("owner", "0"),
                        Map.entry("anywhere", "TRUE"),
                        Map.entry("connection", "0"),
                        Map.entry("baseStorage", "FALSE"),
                        Map.entry("schematized", "FALSE"),
                        Map.entry("limit", "25"),
                        Map.entry("offset", "0")));

        assertThat(plan).contains("alias=D", "join condition = [index=" + primaryKey(), "uses index] offset");
    }

    @Test
    void datasetsAreFoundByTheirIds() {
        String plan =
                plan(Sql.of("datasets/find"), Map.of("ids", "1, 2", "workspace", "1", "person", "1", "all", "TRUE"));

        assertThat(plan).containsPattern("alias=D [^\\[]*access=INDEX PRED join condition = \\[index=" + primaryKey());
    }
}
