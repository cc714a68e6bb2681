package dev.wharf.engine.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wharf.engine.AvroFiles;
import dev.wharf.engine.RunFolder;
import dev.wharf.engine.StoredFiles;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SaidTypes;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.sample.Sample;
import dev.wharf.engine.sample.Sampler;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ByteRange;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an import finds out of the files of a folder, and what a job then does with them. */
class StructuresTest {
    private static final Sampler SAMPLER =
            new Sampler(new EngineSettings("256MB", 1, Duration.ofMinutes(1), "256MB"), 2, Duration.ofMinutes(5));
    private static final Reading UNSAID = Reading.UNSAID;
    private static final Reading UNION = new Reading(TextDialect.UNSAID, SaidTypes.UNSAID, true, false);

    @TempDir
    Path temporary;

    private StoredFiles store = new StoredFiles();
    private Structures structures;

    @BeforeEach
    void open() {
        structures = new Structures(SAMPLER, temporary.resolve("structures"));
    }

    private List<Member> members() {
        var members = new ArrayList<Member>();
        store.contents().forEach((key, content) -> members.add(new Member(members.size(), key, content.length, "")));
        return members;
    }

    private Structure check(Reading said, Extent extent) {
        var sample = new StructureSample();
        members().forEach(sample::add);
        return structures.check(store, "bucket", "s3://bucket/in/", sample, said, extent, () -> members()
                .iterator());
    }

    private Structure check() {
        return check(UNSAID, Extent.SAMPLE);
    }

    private String refusal(Reading said, Extent extent) {
        return catchThrowableOfType(ProblemException.class, () -> check(said, extent))
                .detail();
    }

    private String refusal() {
        return refusal(UNSAID, Extent.SAMPLE);
    }

    private static List<String> columns(Structure structure) {
        return structure.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    @Test
    void whatAllFilesHaveIsTheStructureAndTypesAreUnited() {
        store.with("in/a.csv", "id;n;price;day\n1;1;2,5;\n")
                .with("in/b.csv.gz", RunFolder.gzip("id;n;price;day\n2;1.5;x;2026-01-31\n"));

        var structure = check();

        assertThat(structure.format().name()).isEqualTo("CSV");
        assertThat(structure.compression()).isEqualTo("mixed");
        assertThat(structure.encoding()).isEqualTo("UTF-8");
        assertThat(structure.delimiter()).isEqualTo(";");
        assertThat(structure.header()).isTrue();
        assertThat(columns(structure)).containsExactly("id BIGINT", "n DOUBLE", "price VARCHAR", "day DATE");
        assertThat(structure.checked()).isEqualTo(2);
    }

    @Test
    void keysOfJsonAreUnitedWithTheirTypes() {
        store.with("in/a.json", "{\"a\":1,\"b\":\"x\"}\n").with("in/b.json", "[{\"c\":[1],\"a\":\"y\",\"b\":\"z\"}]");

        assertThat(columns(check())).containsExactly("a JSON", "b VARCHAR", "c JSON");
    }

    @Test
    void recordsOfJsonThatAreNoObjectsMakeAllOfThemValues() {
        store.with("in/a.json", "{\"a\":1}\n").with("in/b.json", "5\n");

        assertThat(columns(check())).containsExactly("json JSON");
    }

    @Test
    void linesAreOneColumn() {
        store.with("in/a.log", "started, it seems\nthen stopped\n").with("in/b.log", "a;b\nc;d\n");

        var structure = check();

        assertThat(structure.delimiter()).isEmpty();
        assertThat(structure.reading(UNSAID).dialect().delimiter()).isEmpty();
        assertThat(columns(structure)).containsExactly("line VARCHAR");
    }

    @Test
    void anOddFileIsNamedWithWhatDiffers() {
        store.with("in/a.csv", "id,name,day\n1,x,\n")
                .with("in/added.csv", "id,name,day,more\n1,x,,\n")
                .with("in/delimiter.csv", "id;name;day\n1;x;y\n")
                .with("in/encoding.csv", "id,name,day\n1,caf\u00e9,\n".getBytes(StandardCharsets.ISO_8859_1))
                .with("in/long.csv", "id,name,day\n1,x,\n1,2,3,4\n")
                .with("in/missing.csv", "id,day\n1,x\n")
                .with("in/order.csv", "name,id,day\nx,1,\n")
                .with("in/between.csv", "id,more,name,day\n1,,x,\n")
                .with("in/right.csv", "id,name,day\n2,y,2026-01-31\n");

        assertThat(refusal())
                .startsWith("s3://bucket/in/: 7 of the 9 files that were looked into are not of one structure with the"
                        + " others: they do not fit in/a.csv (id, name, day) or cannot be read: ")
                .contains(
                        "in/added.csv has another header: it has \"more\" added at its end; ",
                        "in/between.csv has another header: it has \"more\" in addition; ",
                        "in/delimiter.csv is split by \";\" instead of \",\"; ",
                        "in/encoding.csv is neither UTF-8 nor UTF-16 with a byte order mark. It looks like"
                                + " windows-1252. Save it in one of these, or say its encoding (encoding=windows-1252); ",
                        "in/long.csv, line 3, has 4 columns where 3 are expected; ",
                        "in/missing.csv has another header: it lacks \"name\"; ",
                        "in/order.csv has another header: its columns are in another order: column 1 is \"name\" instead"
                                + " of \"id\". ")
                .contains("in/a.csv may be the one that is odd");
    }

    @Test
    void aTypeThatDiffersIsNamedWhereFormatsStateThem() throws Exception {
        parquet("in/a.parquet", "1 AS id, 'x' AS name");
        parquet("in/b.parquet", "'1' AS id, 'x' AS name");
        parquet("in/c.parquet", "1 AS id, 'x' AS name, 2 AS more");

        assertThat(refusal())
                .contains("in/b.parquet has other columns: \"id\" is VARCHAR instead of INTEGER; in/c.parquet has other"
                        + " columns: it has \"more\" (INTEGER) added at its end (schema evolution, which columns=union"
                        + " reads together). ");
    }

    @Test
    void columnsThatWereAddedAtTheEndAreAllowedWhereThatWasSaid() throws Exception {
        parquet("in/a.parquet", "1 AS id, 'x' AS name");
        parquet("in/b.parquet", "1 AS id, 'x' AS name, 2 AS more, 3 AS most");
        parquet("in/c.parquet", "1 AS id, 'x' AS name, 2 AS more");

        assertThat(columns(check(UNION, Extent.SAMPLE)))
                .containsExactly("id INTEGER", "name VARCHAR", "more INTEGER", "most INTEGER");
    }

    @Test
    void theFirstHundredOddFilesAreNamedAndAllOfThemCounted() {
        IntStream.range(0, 300).forEach(at -> store.with("in/%03d.csv".formatted(at), "a,b\n1,2\n"));
        IntStream.range(300, 420).forEach(at -> store.with("in/%03d.csv".formatted(at), "a,c\n1,2\n"));

        assertThat(refusal(UNSAID, Extent.ALL))
                .contains(": 120 of the 420 files that were looked into are not", "in/300.csv has", "in/399.csv has")
                .contains("; and 20 more. ")
                .doesNotContain("in/400.csv");
    }

    @Test
    void aSampleIsTheFirstTheLastAndTheSameHundred() {
        IntStream.range(0, 1_000).forEach(at -> store.with("in/%04d.csv".formatted(at), "a,b\n1,2\n"));

        assertThat(check().checked()).isEqualTo(102);
        var once = List.copyOf(store.bytesRead().keySet());
        store.bytesRead().clear();
        check();

        assertThat(store.bytesRead().keySet()).containsExactlyInAnyOrderElementsOf(once);
        assertThat(once).contains("in/0000.csv", "in/0999.csv");
    }

    @Test
    void aFileThatWasNotSampledIsFoundWhereAllAreLookedInto() {
        IntStream.range(0, 1_000).forEach(at -> store.with("in/%04d.csv".formatted(at), "a,b\n1,2\n"));
        check();
        var missed = store.contents().keySet().stream()
                .filter(key -> !store.bytesRead().containsKey(key))
                .findFirst()
                .orElseThrow();
        store.with(missed, "a,b\n1\n");

        assertThat(check().checked()).isEqualTo(102);
        assertThat(refusal(UNSAID, Extent.ALL))
                .contains("1 of the 1000 files that were looked into is not", missed + ", line 2, has 1 column");
        assertThat(check(UNSAID, Extent.NONE)).isNull();
    }

    @Test
    void ofALargeFileOnlyTheFirstBytesAreRead() {
        store.with("in/a.csv", "a,b\n" + "1,2\n".repeat(2_000_000));

        assertThat(columns(check())).containsExactly("a BIGINT", "b BIGINT");
        assertThat(store.bytesRead().get("in/a.csv")).isLessThan(1 << 20);
    }

    @Test
    void ofAnyNumberOfFilesAFewAreHeld() {
        var ahead = new AtomicInteger();
        store = new StoredFiles() {
            @Override
            public ObjectStream read(String bucket, String key, String etag, ByteRange range) {
                ahead.decrementAndGet();
                return super.read(bucket, "in/a.csv", etag, range);
            }
        };
        store.with("in/a.csv", "a,b\n1,2\n");
        var most = new AtomicInteger();
        Iterator<Member> many = IntStream.range(0, 1_000)
                .mapToObj(at -> {
                    most.accumulateAndGet(ahead.incrementAndGet(), Math::max);
                    return new Member(at, "in/" + at + ".csv", 8, "");
                })
                .iterator();
        var sample = new StructureSample();
        sample.add(new Member(-1, "in/a.csv", 8, ""));

        var structure = structures.check(store, "bucket", "s3://bucket/in/", sample, UNSAID, Extent.ALL, () -> many);

        assertThat(structure.checked()).isEqualTo(1_001);
        assertThat(most.get()).isLessThanOrEqualTo(12);
        assertThat(temporary.resolve("structures")).isEmptyDirectory();
    }

    @Test
    void aMillionFilesAreChosenFromInLittleMemory() {
        var sample = new StructureSample();
        for (int at = 0; at < 1_000_000; at++) {
            sample.add(new Member(at, "in/" + at + ".csv", at % 10, ""));
        }

        assertThat(sample.chosen()).hasSize(102);
        assertThat(sample.chosen().get(0).key()).isEqualTo("in/1.csv");
        assertThat(sample.chosen().get(101).key()).isEqualTo("in/999999.csv");
        assertThat(sample.emptyFiles()).isEqualTo(100_000);
        assertThat(sample.empty()).hasSize(100);
    }

    @Test
    void filesOf0BytesHoldNoRowsAndAreNoMismatch() {
        store.with("in/a.csv", "")
                .with("in/b.csv", "a,b\n1,2\n")
                .with("in/c.csv", "\n\n")
                .with("in/d.csv", "");

        assertThat(check().checked()).isEqualTo(1);
    }

    @Test
    void whereEveryFileIsEmptyThereAreNoColumns() {
        store.with("in/a.csv", "").with("in/b.csv", "\n");

        assertThat(refusal())
                .isEqualTo("s3://bucket/in/: every file is empty, such as in/a.csv: there are no columns to read");
    }

    @Test
    void ofOneFileThatIsEmptyItsPathIsSaidOnce() {
        store.with("in/a.csv", "");

        assertThat(refusal())
                .isEqualTo("s3://bucket/in/: the only file is empty: in/a.csv: there are no columns to read");

        var sample = new StructureSample();
        members().forEach(sample::add);
        assertThatThrownBy(() -> structures.check(
                        store, "bucket", "s3://bucket/in/a.csv", sample, UNSAID, Extent.SAMPLE, () -> members()
                                .iterator()))
                .hasMessage("s3://bucket/in/a.csv is empty: there are no columns to read");
    }

    @Test
    void parquetOf0BytesIsBrokenWhereverItLies() throws Exception {
        IntStream.range(0, 150).forEach(at -> store.with("in/%03d.parquet".formatted(at), ""));
        parquet("in/z.parquet", "1 AS a");

        assertThat(refusal())
                .contains(": 150 of the 151 files", "in/000.parquet is not a sound Parquet file: it is empty; ")
                .contains("; and 50 more. ");
    }

    @Test
    void aFileThatMayNotBeReadIsNamedAndTheOthersAreLookedInto() {
        store = new StoredFiles() {
            @Override
            public ObjectStream read(String bucket, String key, String etag, ByteRange range) {
                if (key.contains("secret")) {
                    throw new StoreException(StoreException.Kind.DENIED, "s3://bucket/" + key + ": the key pair lacks");
                }
                return super.read(bucket, key, etag, range);
            }

            @Override
            public ObjectStream read(String bucket, String key, String etag) {
                return read(bucket, key, etag, new ByteRange(0, Long.MAX_VALUE));
            }
        };
        store.with("in/a.csv", "a,b\n1,2\n").with("in/b-secret.csv", "a,b\n1,2\n");

        assertThat(refusal()).contains("1 of the 2 files", "s3://bucket/in/b-secret.csv: the key pair lacks");
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoFaultOfAFile() {
        store = new StoredFiles() {
            @Override
            public ObjectStream read(String bucket, String key, String etag, ByteRange range) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "down");
            }
        };
        store.with("in/a.csv", "a,b\n1,2\n").with("in/b.csv", "a,b\n1,2\n");

        assertThat(catchThrowableOfType(StoreException.class, this::check).kind())
                .isEqualTo(StoreException.Kind.UNAVAILABLE);
    }

    @Test
    void typesThatWereSaidAreShownAndTheirNamesChecked() {
        store.with("in/a.csv", "id,zip\n1,01234\n").with("in/b.csv", "id,zip\n1,12345\n");

        assertThat(columns(check(UNSAID.with(new SaidTypes(Map.of("zip", "varchar", "id", "DOUBLE"))), Extent.SAMPLE)))
                .containsExactly("id DOUBLE", "zip VARCHAR");
        assertThat(refusal(UNSAID.with(new SaidTypes(Map.of("Zip", "VARCHAR"))), Extent.SAMPLE))
                .isEqualTo("columnTypes names \"Zip\", which is no column of s3://bucket/in/; it has \"id\", \"zip\"");
    }

    /** Files that other services got wrong, each with the structure or the refusal that is right. */
    static Stream<Arguments> cases() {
        var lz4 = " uses the codec LZ4, which is not read";
        var unsound = " is not a sound Parquet file";
        return Stream.of(
                of("orders.csv", "name,qty,comment\nAnn,1,ok\nSmith, John,5,\nBob,2,\n", ", line 3, has 4 columns"),
                of(
                        "cut-after-comma.json",
                        "[{\"a\":1},{\"a\":2},",
                        " is not complete: its array does not end behind record 2"),
                of(
                        "cut-after-record.json",
                        "[{\"a\":1},{\"a\":2}",
                        " is not complete: its array does not end behind record 2"),
                of("no-comma.json", "[{\"a\":1} {\"a\":2}]", " is not valid JSON"),
                of("header.csv", "Name;Betrag, EUR\nA;1,50\nB;2,75\n", "Name VARCHAR|Betrag, EUR VARCHAR"),
                of(
                        "no-header.csv",
                        "2201;1200,50;-3,75\n2202;18,00;-0,25\n",
                        "column1 BIGINT|column2 VARCHAR|column3 VARCHAR"),
                of("tabs.csv", "a\tb, c\n1\t2, x\n3\t4, y\n", "a BIGINT|b, c VARCHAR"),
                of("pandas.csv", ",item,place\n0,lamp,Oslo\n1,desk,Turin\n", " BIGINT|item VARCHAR|place VARCHAR"),
                of(
                        "r.csv",
                        "\"\",\"low\",\"high\"\n\"north\",\"few\",\"many\"\n\"south\",\"many\",\"few\"\n",
                        " VARCHAR|low VARCHAR|high VARCHAR"),
                of("empty-key.json", "{\"\":1,\"b\":2}\n", " BIGINT|b BIGINT"),
                of("empty-key-and-C0.json", "{\"\":1,\"C0\":2}\n", " BIGINT|C0 BIGINT"),
                of(
                        "case-clash.json",
                        "{\"Image\":\"a\",\"image\":\"b\",\"Image_1\":\"c\"}",
                        "Image VARCHAR|image VARCHAR|Image_1 VARCHAR"),
                of("three.csv", "sep=;\r\nOne;Two;Three\r\n1;2;3\r\n", "One BIGINT|Two BIGINT|Three BIGINT"),
                of("two.csv", "sep=,\nOne,Two\n1,2\n", "One BIGINT|Two BIGINT"),
                of("double-bom.csv", "\ufeff\ufeffa,b\n1,2\n", "a BIGINT|b BIGINT"),
                of("nul.csv", "a,b\n1,\0\n", " is not text: it holds bytes of zero"),
                of("dup.json", "{\"id\":1,\"a\":1,\"a\":2}\n{\"id\":2,\"a\":3}\n", "record 1 has the key \"a\" twice"),
                resource("parquet-testing/lz4-framed.parquet", lz4),
                resource("parquet-testing/lz4-hadoop.parquet", lz4),
                resource("parquet-testing/mutated-0.parquet", unsound),
                resource("parquet-testing/mutated-1.parquet", unsound),
                resource("parquet-testing/mutated-2.parquet", unsound),
                resource("parquet-testing/mutated-3.parquet", unsound),
                resource("parquet-testing/required-column-with-nulls.parquet", unsound),
                resource(
                        "seattle-weather.csv",
                        "date DATE|precipitation DOUBLE|temp_max DOUBLE|temp_min DOUBLE|wind"
                                + " DOUBLE|weather VARCHAR"),
                resource(
                        "airports-19.csv",
                        "iata VARCHAR|name VARCHAR|city VARCHAR|state VARCHAR|country VARCHAR|latitude"
                                + " DOUBLE|longitude DOUBLE"),
                resource("us-employment-9.csv", "month DATE|nonfarm BIGINT|private BIGINT|"),
                resource(
                        "flights-200.json",
                        "date VARCHAR|delay BIGINT|distance BIGINT|origin VARCHAR|destination VARCHAR"));
    }

    private static Arguments of(String name, String content, String outcome) {
        return Arguments.of(name, content.getBytes(StandardCharsets.UTF_8), outcome);
    }

    private static Arguments resource(String name, String outcome) {
        try (var content = RunFolder.class.getResourceAsStream("/data/" + name)) {
            return Arguments.of(name.substring(name.indexOf('/') + 1), content.readAllBytes(), outcome);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatOthersGotWrongHasItsRightStructureOrItsRightRefusal(String name, byte[] content, String outcome) {
        store.with("in/" + name, content);

        String found;
        try {
            found = String.join("|", columns(check()));
        } catch (ProblemException refusal) {
            assertThat(refusal.detail()).startsWith("in/" + name);
            found = refusal.detail();
        }

        assertThat(found).contains(outcome);
    }

    private void parquet(String key, String select) throws Exception {
        var file = temporary.resolve("made.parquet");
        RunFolder.query("COPY (SELECT " + select + ") TO '" + file + "' (FORMAT parquet)");
        store.with(key, Files.readAllBytes(file));
    }

    /** The files of a folder, by their names. */
    private record Folder(String title, Reading said, Map<String, byte[]> files) {
        static Folder of(String title, String... texts) {
            return of(title, UNSAID, texts);
        }

        static Folder of(String title, Reading said, String... texts) {
            var files = new TreeMap<String, byte[]>();
            for (int at = 0; at < texts.length; at++) {
                var name = (char) ('a' + at)
                        + (title.startsWith("json") ? ".json" : title.startsWith("text") ? "" : ".csv");
                files.put(name, texts[at].getBytes(StandardCharsets.UTF_8));
            }
            return new Folder(title, said, files);
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<Folder> folders() {
        var lines = new TextDialect(null, "none", null, null);
        var header = new TextDialect(true, null, null, null);
        return Stream.of(
                Folder.of("texts alone do not tell their names", "red,green\nblue,white\n", "black,grey\npink,brown\n"),
                Folder.of("the same first row is a header", "red,green\nblue,white\n", "red,green\npink,brown\n"),
                Folder.of("numbers below names", "id,n\n1,2\n", "id,n\n3,4\n"),
                Folder.of("a header that one file lacks", "id,n\n1,2\n", "3,4\n5,6\n"),
                Folder.of("another width without names", "1,2\n3,4\n", "5,6,7\n"),
                Folder.of("another delimiter", "a,b\n1,2\n", "a;b\n1;2\n"),
                Folder.of("a delimiter that only the first tells", "a;b\n1,5;2\n", "a;b\n"),
                Folder.of("blank lines in front", "\n\na,b\n1,2\n", "a,b\n3,4\n"),
                Folder.of("a file of blank lines", "a,b\n1,2\n", "\n\n", ""),
                Folder.of("repeated and blank names", "a,a,\n1,2,3\n", "a,a,\n4,5,6\n"),
                Folder.of("names in another case", "a,b\n1,2\n", "A,b\n1,2\n"),
                Folder.of("trailing delimiters", "a,b\n1,2,\n", "a,b\n3,4\n"),
                Folder.of("a quote that does not end", "a,b\n1,2\n", "a,b\n\"3,4\n"),
                Folder.of("sep lines", "sep=;\na;b\n1;2\n", "a;b\n3;4\n"),
                Folder.of("one name", "name\nAnn\n", "name\nBob\n"),
                Folder.of("a header alone", "id,n\n", "id,n\n1,2\n"),
                Folder.of("text of lines", "one two\nthree\n", "four, five\nsix\n"),
                Folder.of("text with columns first", "a;b\n1;2\n", "one two\nthree\n"),
                Folder.of("text as was said", Reading.of(lines), "a;b\n1;2\n", "one two\nthree,\n"),
                Folder.of("names as was said", Reading.of(header), "red,green\nblue,white\n", "black,grey\nx,y\n"),
                Folder.of("json of other keys", "{\"a\":1}\n", "{\"b\":2}\n"),
                Folder.of("json of values", "{\"a\":1}\n", "[1,2]\n"),
                Folder.of("json that is cut off", "{\"a\":1}\n", "[{\"a\":1},\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void whatAnImportTakesAJobReadsAndWhatItRefusesAJobRefuses(Folder folder) throws Exception {
        folder.files().forEach(store::with);
        Structure structure = null;
        ProblemException refusal = null;
        try {
            structure = check(folder.said(), Extent.SAMPLE);
        } catch (ProblemException refused) {
            refusal = refused;
        }

        if (refusal != null) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> run(folder, folder.said())
                            .csv()))
                    .as("%s, but the import: %s", folder, refusal.detail())
                    .isNotNull();
            return;
        }
        var kept = structure.reading(folder.said());
        assertThat(run(folder, kept).csv()).isEqualTo(run(folder, folder.said()).csv());
        assertThat(run(folder, kept).csv().lines().findFirst().orElseThrow().replace("\"", ""))
                .isEqualTo(String.join(
                        ",",
                        structure.columns().stream().map(Sample.Column::name).toList()));
    }

    private RunFolder run(Folder folder, Reading said) throws Exception {
        var run = new RunFolder(Files.createTempDirectory(temporary, ""));
        folder.files().forEach(run::with);
        return run.said(said);
    }

    @Test
    void avroStatesItsTypes() {
        store.with("in/a.avro", AvroFiles.numbered(3, CodecFactory.nullCodec()));

        assertThat(columns(check())).containsExactly("id BIGINT", "name VARCHAR");
    }
}
