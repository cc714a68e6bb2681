package dev.wharf.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.engine.file.SourceFormat.Kind;
import dev.wharf.engine.sample.Sample;
import dev.wharf.engine.structure.Structure;
import dev.wharf.kernel.api.Json;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoundTest {
    private static Structure structure(List<Sample.Column> columns) {
        return new Structure(Kind.CSV, "none", "UTF-8", ";", true, columns, 102);
    }

    @Test
    void whatIsKeptIsReadAgain() {
        var found = Found.of(structure(List.of(new Sample.Column("a \"b\"", "BIGINT"))), 1, List.of("in/old.csv"));

        assertThat(Found.read(Json.write(found))).isEqualTo(found);
        assertThat(Found.read(null).structure()).isNull();
    }

    @Test
    void ofAnyNumberOfColumnsAndTheLongestKeysNoMoreIsKeptThanTheRegistryTakes() {
        var column = new Sample.Column("\u0001".repeat(100), "VARCHAR");

        var found = Found.of(
                structure(Collections.nCopies(20_000, column)),
                1_000,
                Collections.nCopies(100, "\u0001".repeat(1_024)));

        assertThat(found.columnCount()).isEqualTo(20_000);
        assertThat(found.structure().columns()).hasSizeBetween(100, 1_000);
        assertThat(Json.write(found)).hasSizeLessThan(1_000_000);
    }
}
