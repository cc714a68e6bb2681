package dev.wharf.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.ProblemException;
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
        ".gz, TEXT, GZIP",
        "gz, TEXT, NONE",
        "in.json/part-0, TEXT, NONE",
        "a.tsv.bz2, TSV, BZIP2",
        "a.ndjson.snappy, JSON, SNAPPY",
        "2026.01/data, TEXT, NONE",
        "a.json, JSON, NONE",
        "a.jsonl.gz, JSON, GZIP",
        "a.snappy.parquet, PARQUET, NONE",
        "a.pqt, PARQUET, NONE",
        "a.avro, AVRO, NONE"
    })
    void theNameDecides(String name, SourceFormat.Kind kind, SourceFormat.Compression compression) {
        assertThat(SourceFormat.of(name)).isEqualTo(new SourceFormat(kind, compression));
    }

    @ParameterizedTest
    @CsvSource({
        "a.orc, ORC, NONE",
        "a.XLSX, EXCEL, NONE",
        "a.xml.gz, XML, GZIP",
        "a.csv.zip, PACKED, NONE",
        "a.csv.lz4, PACKED, NONE",
        "a.v2, OTHER, NONE",
        "a.csv.deflate, CSV, DEFLATE"
    })
    void aFormatIsKnownByNameAlsoWhereItIsNotRead(
            String name, SourceFormat.Kind kind, SourceFormat.Compression compression) {
        assertThat(SourceFormat.named(name)).isEqualTo(new SourceFormat(kind, compression));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.orc", "a.xlsx", "a.csv.zip", "a.csv.deflate", "a.parquet.gz", "a.avro.gz"})
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
