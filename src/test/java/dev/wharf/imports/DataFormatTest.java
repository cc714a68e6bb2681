package dev.wharf.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFormatTest {
    @ParameterizedTest
    @CsvSource({
        "a.csv,CSV",
        "a.CSV.GZ,CSV",
        "in.json/part-0,TEXT",
        "a.txt,TEXT",
        "a,TEXT",
        "a.gz,TEXT",
        ".gz,TEXT",
        "gz,TEXT",
        "a.tsv.bz2,TSV",
        "a.ndjson.zst,JSON",
        "part.snappy.parquet,PARQUET",
        "a.pqt,PARQUET",
        "a.avro,AVRO"
    })
    void theExtensionDecidesAndCompressionDoesNot(String key, DataFormat format) {
        assertThat(DataFormat.of(key)).isEqualTo(format);
    }
}
