package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFormatTest {
    @ParameterizedTest
    @CsvSource({
        "a.csv, CSV, NONE",
        "folder.x/A.CSV.GZ, CSV, GZIP",
        "a.tsv, TSV, NONE",
        "a.log.zst, TEXT, ZSTD",
        "part-00000, TEXT, NONE",
        "part-00000.gz, TEXT, GZIP",
        "2026.01/data, TEXT, NONE",
        "a.json, JSON, NONE",
        "a.jsonl.gz, JSON, GZIP",
        "a.snappy.parquet, PARQUET, NONE",
        "a.pqt, PARQUET, NONE"
    })
    void theNameDecides(String name, SourceFormat.Kind kind, SourceFormat.Compression compression) {
        assertThat(SourceFormat.of(name)).isEqualTo(new SourceFormat(kind, compression));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.avro", "a.xlsx", "a.csv.bz2", "a.csv.snappy", "a.csv.zip", "a.parquet.gz"})
    void otherFormatsAreRefusedByName(String name) {
        assertThatThrownBy(() -> SourceFormat.of(name))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(name + ": ")
                .hasMessageContaining("Wharf reads CSV (.csv)");
    }

    @Test
    void mixedFormatsAreNamedWithExamples() {
        var formats = new FormatsFound();
        formats.add("in/a.csv");
        formats.add("in/b.csv.gz");
        assertThat(formats.single()).isEqualTo(SourceFormat.Kind.CSV);
        formats.add("in/c.json");

        assertThatThrownBy(formats::single)
                .hasMessage("The files are of several formats: CSV (2 files, such as in/a.csv), JSON (in/c.json). "
                        + "Keep one format in a folder.");
    }

    @Test
    void noFileHasNoFormat() {
        assertThatThrownBy(new FormatsFound()::single).hasMessage("There is no file to read.");
    }
}
