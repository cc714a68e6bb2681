package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SaidTypes;
import dev.wharf.engine.file.TextDialect;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files to whose schema columns were added, read together. */
class UnionOfColumnsTest {
    private static final Reading UNION = new Reading(TextDialect.UNSAID, SaidTypes.UNSAID, true, false);

    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() {
        run = new RunFolder(folder);
    }

    private RunFolder parquet(String... selects) throws Exception {
        for (int at = 0; at < selects.length; at++) {
            var file = folder.resolve("%06d.parquet".formatted(at + 1));
            RunFolder.query("COPY (SELECT " + selects[at] + ") TO '" + file + "' (FORMAT parquet)");
            run.withInput(file, (char) ('a' + at) + ".parquet");
        }
        return run.said(UNION);
    }

    private static byte[] avro(String fields, Object... values) {
        var schema = AvroFiles.schema("{\"type\":\"record\",\"name\":\"r\",\"fields\":[" + fields + "]}");
        return AvroFiles.of(schema, List.of(AvroFiles.record(schema, values)));
    }

    private static final String ID = "{\"name\":\"id\",\"type\":\"long\"}";
    private static final String NAME = ",{\"name\":\"name\",\"type\":\"string\"}";

    @Test
    void columnsThatParquetFilesLackAtTheirEndAreNull() throws Exception {
        parquet("2 AS b, 1 AS a", "4 AS b, 3 AS a, 'x' AS c, [1] AS d", "6 AS b, 5 AS a, 'y' AS c");

        assertThat(run.csv()).isEqualTo("b,a,c,d\n2,1,,\n4,3,x,[1]\n6,5,y,\n");
    }

    @Test
    void columnsThatAvroFilesLackAtTheirEndAreNull() {
        run.with("a.avro", avro(ID, 1L))
                .with("b.avro", avro(ID + NAME, 2L, "x"))
                .with("c.avro", avro(ID, 3L))
                .said(UNION);

        assertThat(run.csv()).isEqualTo("id,name\n1,\n2,x\n3,\n");
    }

    @Test
    void columnsThatDifferOtherwiseAreRefusedAsBefore() throws Exception {
        assertThatThrownBy(() ->
                        parquet("1 AS a, 2 AS b", "1 AS a, 3 AS c, 2 AS b").csv())
                .hasMessage("b.parquet has other columns than a.parquet: it has \"c\" (INTEGER) in addition.");
    }

    @Test
    void anotherTypeIsNoEvolution() throws Exception {
        assertThatThrownBy(() -> parquet("1 AS a", "'x' AS a, 2 AS b").csv())
                .hasMessage("b.parquet has other columns than a.parquet: \"a\" is VARCHAR instead of INTEGER and it"
                        + " has \"b\" (INTEGER) in addition.");
    }

    @Test
    void withoutThatWordTheyAreRefusedAndTheWordIsNamed() throws Exception {
        parquet("1 AS a", "1 AS a, 2 AS b").said(Reading.UNSAID);

        assertThatThrownBy(run::csv)
                .hasMessage("b.parquet has other columns than a.parquet: it has \"b\" (INTEGER) added at its end"
                        + " (schema evolution, which columns=union reads together).");
    }

    @Test
    void delimitedTextHasNoUnion() {
        run.with("a.csv", "a,b\n1,2\n").said(UNION);

        assertThatThrownBy(run::csv)
                .hasMessage("columns: union applies to Parquet, Avro and JSON only, and a.csv is CSV.");
    }
}
