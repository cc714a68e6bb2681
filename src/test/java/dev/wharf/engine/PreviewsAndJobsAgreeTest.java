package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.sample.Sample;
import dev.wharf.engine.sample.Sampler;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file is looked into as a preview does and run as a job does; both say the same of it. */
class PreviewsAndJobsAgreeTest {
    private static final Sampler SAMPLER =
            new Sampler(new EngineSettings("256MB", 1, Duration.ofMinutes(1), "256MB"), 2, Duration.ofMinutes(1));
    private static final TextDialect UNSAID = TextDialect.UNSAID;

    @TempDir
    Path temporary;

    /** A file, what is said of it, and what comes of it: the result as CSV, or why it is refused. */
    private record Case(
            String name, byte[] content, TextDialect said, String result, String refusal, List<String> doubts) {
        static Case of(String name, String content) {
            return new Case(name, content.getBytes(StandardCharsets.UTF_8), UNSAID, null, null, List.of());
        }

        Case in(String charset) {
            var text = new String(content, StandardCharsets.UTF_8);
            return new Case(name, text.getBytes(Charset.forName(charset)), said, result, refusal, doubts);
        }

        Case withoutLastByte() {
            return new Case(name, Arrays.copyOf(content, content.length - 1), said, result, refusal, doubts);
        }

        Case said(Boolean header, String delimiter, String encoding, String quote) {
            var dialect = new TextDialect(header, delimiter, encoding, quote);
            return new Case(name, content, dialect, result, refusal, doubts);
        }

        Case gives(String csv) {
            return new Case(name, content, said, csv, null, doubts);
        }

        Case isRefused(String message) {
            return new Case(name, content, said, null, message, doubts);
        }

        /** Words of a warning that the preview has. */
        Case doubting(String words) {
            var more = new ArrayList<>(doubts);
            more.add(words);
            return new Case(name, content, said, result, refusal, more);
        }

        @Override
        public String toString() {
            var text = new String(content, StandardCharsets.UTF_8);
            return name + " " + text.substring(0, Math.min(40, text.length()));
        }
    }

    private static final String NAMES = "its first row was taken for the names of the columns";
    private static final String ROWS = "its first row was taken for data";
    private static final String BLANKS = "blanks between delimiters and quotes";
    private static final String BINARY =
            " is not text: it holds bytes of zero. UTF-16 is read with a byte order mark only,"
                    + " or where encoding says UTF-16LE or UTF-16BE.";

    static Stream<Case> rowsThatAreTooLong() {
        return Stream.of(
                Case.of("orders.csv", "name,qty,comment\nAnn,1,ok\nSmith, John,5,\nBob,2,\n")
                        .isRefused("orders.csv, line 3, has 4 columns where 3 are expected."),
                Case.of("first.csv", "name,qty,comment\nSmith, John,5,\nAnn,1,ok\nBob,2,\n")
                        .isRefused("first.csv, line 2, has 4 columns where 3 are expected."),
                Case.of("two.csv", "a,b\n1,2,,\n3,4,,\n")
                        .isRefused("two.csv, line 2, has 4 columns where 2 are expected."),
                Case.of("quoted.csv", "a,b\n1,2,\"\"\n3,4,\"\"\n")
                        .isRefused("quoted.csv, line 2, has 3 columns where 2 are expected."),
                Case.of("no-names.csv", "1,2\n3,4,\n5,6,\n")
                        .isRefused("no-names.csv, line 2, has 3 columns where 2 are expected."),
                Case.of("short.csv", "a,b\n1,2\n3\n4,5\n")
                        .isRefused("short.csv, line 3, has 1 column where 2 are expected."),
                Case.of("breaks.csv", "a,b\n\"x\ny\",2\n\n3,4,5\n")
                        .isRefused("breaks.csv, line 5, has 3 columns where 2 are expected."),
                Case.of("preamble.csv", "Report of 2026\n\na;b;c\n1;2;3\n4;5;6\n")
                        .isRefused("preamble.csv, line 3, has 3 columns where 1 are expected."),
                Case.of("row-names.csv", "\"low\",\"high\"\n\"north\",1,2\n\"south\",3,4\n")
                        .isRefused("row-names.csv, line 2, has 3 columns where 2 are expected."));
    }

    static Stream<Case> delimitersAtTheEndOfEveryRow() {
        return Stream.of(
                Case.of("rows.csv", "a,b\n1,2,\n3,4,\n")
                        .gives("a,b\n1,2\n3,4\n")
                        .doubting("every row ends in a delimiter"),
                Case.of("all.csv", "a,b,\n1,2,\n3,4,\n").gives("a,b,\"\"\n1,2,\n3,4,\n"),
                Case.of("one.csv", "name;\nx;\ny;\n")
                        .gives("name,\"\"\nx,\ny,\n")
                        .doubting(NAMES),
                Case.of("data.csv", "1;2;\n3;4;\n").gives("column1,column2,column3\n1,2,\n3,4,\n"),
                Case.of("last.csv", "a,b\n1,\n3,\n").gives("a,b\n1,\n3,\n"));
    }

    static Stream<Case> delimiters() {
        return Stream.of(
                Case.of("header.csv", "Name;Betrag, EUR\nA;1,50\nB;2,75\n")
                        .gives("Name,\"Betrag, EUR\"\nA,\"1,50\"\nB,\"2,75\"\n")
                        .doubting("\";\" was taken for the delimiter; its rows could as well be split by \",\""),
                Case.of("no-header.csv", "2201;1200,50;-3,75\n2202;18,00;-0,25\n")
                        .gives("column1,column2,column3\n2201,\"1200,50\",\"-3,75\"\n2202,\"18,00\",\"-0,25\"\n")
                        .doubting("could as well be split by \",\""),
                Case.of("tabs.csv", "a\tb, c\n1\t2, x\n3\t4, y\n")
                        .gives("a,\"b, c\"\n1,\"2, x\"\n3,\"4, y\"\n")
                        .doubting("tab was taken"),
                Case.of("more-commas.csv", "1,5;2,5\n3,5;4,5\n")
                        .gives("column1,column2\n\"1,5\",\"2,5\"\n\"3,5\",\"4,5\"\n")
                        .doubting("\";\" was taken"),
                Case.of("money.csv", "A;1.200,50 EUR\nB;18,00 EUR\n")
                        .gives("column1,column2\nA,\"1.200,50 EUR\"\nB,\"18,00 EUR\"\n")
                        .doubting("\";\" was taken")
                        .doubting(ROWS),
                Case.of("pipes.csv", "id|text\n1|a, b; c\n2|d, e; f\n")
                        .gives("id,text\n1,\"a, b; c\"\n2,\"d, e; f\"\n"),
                Case.of("pipes-and-commas.csv", "id|x,y|z\n1|a,b|c\n2|d,e|f\n")
                        .gives("id,\"x,y\",z\n1,\"a,b\",c\n2,\"d,e\",f\n")
                        .doubting("\"|\" was taken"),
                Case.of("decimals.csv", "Datum;Wert;Ort\n01.02.2026;1,5;Köln, Süd\n02.02.2026;12,75;Bonn\n")
                        .gives("Datum,Wert,Ort\n01.02.2026,\"1,5\",\"Köln, Süd\"\n02.02.2026,\"12,75\",Bonn\n"),
                Case.of("lists.csv", "id,tags,n\n1,a;b;c,7\n2,d;e;f,8\n").gives("id,tags,n\n1,a;b;c,7\n2,d;e;f,8\n"),
                Case.of("quoted.csv", "\"a;b\",\"c;d\"\n\"1;2\",3\n\"4;5\",6\n").gives("a;b,c;d\n1;2,3\n4;5,6\n"),
                Case.of("sentences.csv", "id,text\n1,\"one; two\"\n2,\"three; four\"\n")
                        .gives("id,text\n1,one; two\n2,three; four\n"),
                Case.of("ragged.csv", "1;2,5\n2;3,5\n3;4,5;6\n")
                        .isRefused("ragged.csv, line 3, has 3 columns where 2 are expected."),
                Case.of("blanks.csv", "a, b, c\n1, \"x, y\", 3\n")
                        .gives("a, b, c\n1,\"x, y\", 3\n")
                        .doubting(BLANKS),
                Case.of("one.csv", "name\nAnn; Bob\nCid\n")
                        .gives("name\nAnn; Bob\nCid\n")
                        .doubting(NAMES),
                Case.of("sentence.txt", "Dear all, this is\na text, with commas\nand some, more, of them\n")
                        .gives("line\n\"Dear all, this is\"\n\"a text, with commas\"\n\"and some, more, of them\"\n"),
                Case.of("a.tsv", "name\tplace\nx,1\ty;2\nz\tw\n")
                        .gives("name,place\n\"x,1\",y;2\nz,w\n")
                        .doubting(NAMES));
    }

    static Stream<Case> headers() {
        return Stream.of(
                Case.of("pandas.csv", ",item,place\n0,lamp,Oslo\n1,desk,Turin\n")
                        .gives("\"\",item,place\n0,lamp,Oslo\n1,desk,Turin\n"),
                Case.of("r.csv", "\"\",\"low\",\"high\"\n\"north\",\"few\",\"many\"\n\"south\",\"many\",\"few\"\n")
                        .gives("\"\",low,high\nnorth,few,many\nsouth,many,few\n"),
                Case.of("number.csv", "id,name,2020\n1,x,5\n2,y,6\n").gives("id,name,2020\n1,x,5\n2,y,6\n"),
                Case.of("years.csv", "country,1990,2000,2010\nA,1.5,2.5,3\nB,4,5,6\n")
                        .gives("country,1990,2000,2010\nA,1.5,2.5,3\nB,4,5,6\n"),
                Case.of("year.csv", "1999\n12\n13\n14\n")
                        .gives("column1\n1999\n12\n13\n14\n")
                        .doubting(ROWS),
                Case.of("two-years.csv", "2020,2021\n5,6\n7,8\n")
                        .gives("column1,column2\n2020,2021\n5,6\n7,8\n")
                        .doubting(ROWS),
                Case.of("amounts.csv", "2024,2025\n1.5,2.5\n")
                        .gives("column1,column2\n2024,2025\n1.5,2.5\n")
                        .doubting(ROWS),
                Case.of("times.csv", "id,time\n1,2024-01-01 24:00:00\n2,2024-01-02 00:00:00\n")
                        .gives("id,time\n1,2024-01-01 24:00:00\n2,2024-01-02 00:00:00\n"),
                Case.of("unknown.csv", "id,amount\n1,unknown\n2,5\n3,6\n4,7\n5,8\n6,9\n")
                        .gives("id,amount\n1,unknown\n2,5\n3,6\n4,7\n5,8\n6,9\n"),
                Case.of("missing.csv", "NA,3\n1,4\n2,5\n")
                        .gives("column1,column2\nNA,3\n1,4\n2,5\n")
                        .doubting(ROWS),
                Case.of("colors.csv", "red,green\nblue,red\ngreen,white\n")
                        .gives("column1,column2\nred,green\nblue,red\ngreen,white\n"),
                Case.of("texts.csv", "name,place\nAnn,Oslo\nBob,Rome\n")
                        .gives("name,place\nAnn,Oslo\nBob,Rome\n")
                        .doubting("Where that is wrong, say header=false."),
                Case.of("data.csv", "1,x\n2,y\n")
                        .gives("column1,column2\n1,x\n2,y\n")
                        .doubting(ROWS),
                Case.of("quoted.csv", "\"id\",\"name\"\n1,x\n2,y\n").gives("id,name\n1,x\n2,y\n"),
                Case.of("only.csv", "id,name\n").gives("id,name\n").doubting(NAMES),
                Case.of("blank.csv", ",,\n1,2,3\n")
                        .gives("\"\",\"\",\"\"\n1,2,3\n")
                        .doubting(NAMES),
                Case.of("only-values.csv", "1,2026-01-01").gives("column1,column2\n1,2026-01-01\n"),
                Case.of("repeated.csv", "x,x,y\n1,2,3\n4,5,6\n").gives("x,x,y\n1,2,3\n4,5,6\n"),
                Case.of("blank-lines.csv", "\n\nid,name\n\n1,x\n\n").gives("id,name\n1,x\n"),
                Case.of("column.csv", "name\n\nx\n\n").gives("name\n\nx\n\n").doubting(NAMES));
    }

    static Stream<Case> linesThatTellTheDelimiter() {
        return Stream.of(
                Case.of("three.csv", "sep=;\nOne;Two;Three\n1;2;3\n").gives("One,Two,Three\n1,2,3\n"),
                Case.of("two.csv", "sep=,\nOne,Two\n1,2\n").gives("One,Two\n1,2\n"),
                Case.of("case.csv", "SEP=|\r\nOne|Two\r\n1|2\r\n").gives("One,Two\n1,2\n"),
                Case.of("quotes.csv", "\"sep=;\"\nOne;Two\n1;2,5\n").gives("One,Two\n1,\"2,5\"\n"),
                Case.of("mark.csv", "\ufeffsep=\t\rOne\tTwo\r1\t2\r").gives("One,Two\n1,2\n"),
                Case.of("mark.csv", "\ufeffSep=;\r\nOne;Two\r\n1;ä\r\n")
                        .in("UTF-16LE")
                        .gives("One,Two\n1,ä\n"),
                Case.of("text", "sep=;\nOne;Two\n1;2\n").gives("One,Two\n1,2\n"),
                Case.of("odd.csv", "sep=:\nOne:Two\n1:2,5\n").gives("One,Two\n1,\"2,5\"\n"),
                Case.of("ragged.csv", "sep=;\na;b\n1;2\n3;4;5\n")
                        .isRefused("ragged.csv, line 4, has 3 columns where 2 are expected."),
                Case.of("said.csv", "sep=;\na,b\n1,2\n")
                        .said(null, ",", null, null)
                        .gives("a,b\n1,2\n"),
                Case.of("word.csv", "sep=ab\nx\n").gives("sep=ab\nx\n").doubting(NAMES));
    }

    static Stream<Case> bytes() {
        return Stream.of(
                Case.of("double-bom.csv", "\ufeff\ufeffa,b\n1,2\n").gives("a,b\n1,2\n"),
                Case.of("one-bom.csv", "\ufeff\"a\",b\n1,2\n").gives("a,b\n1,2\n"),
                Case.of("utf16-no-bom.csv", "a,b\n1,2\n3,4\n")
                        .in("UTF-16LE")
                        .isRefused("utf16-no-bom.csv, line 1," + BINARY),
                Case.of("utf16-no-bom.csv", "a,b\n1,2\n3,4\n")
                        .in("UTF-16LE")
                        .said(null, null, "utf-16le", null)
                        .gives("a,b\n1,2\n3,4\n"),
                Case.of("nul.csv", "a,b\nx\0y,2\n").isRefused("nul.csv, line 2," + BINARY),
                Case.of("late.csv", "a,b\n" + "1,2\n".repeat(100_000) + "\0,3\n")
                        .isRefused("late.csv, line 100002," + BINARY),
                Case.of("nul16.csv", "\ufeffa,b\nx\0y,2\n").in("UTF-16BE").isRefused("nul16.csv, line 2," + BINARY),
                Case.of("excel.csv", "\ufeffName\tOrt\r\nÄnn\tKöln, Süd\r\n5\t\r\n")
                        .in("UTF-16LE")
                        .gives("Name,Ort\nÄnn,\"Köln, Süd\"\n5,\n"),
                Case.of("latin1.csv", "id,name\n1,é\n")
                        .in("ISO-8859-1")
                        .said(null, null, "iso-8859-1", null)
                        .gives("id,name\n1,é\n"),
                Case.of("windows.csv", "id,name\n1,€\n")
                        .in("windows-1252")
                        .said(null, null, "cp1252", null)
                        .gives("id,name\n1,€\n"),
                Case.of("japanese.csv", "id,name\n1,日本\n")
                        .in("Shift_JIS")
                        .said(null, null, "Shift_JIS", null)
                        .gives("id,name\n1,日本\n"),
                Case.of("wrong.csv", "id,name\n1,é\n")
                        .in("ISO-8859-1")
                        .said(null, null, "UTF-8", null)
                        .isRefused("wrong.csv, line 2, is not UTF-8, as encoding says."),
                Case.of("contrary.csv", "\ufeffid,name\n1,é\n")
                        .said(null, null, "ISO-8859-1", null)
                        .isRefused(
                                "contrary.csv begins with the byte order mark of UTF-8, but encoding says ISO-8859-1."),
                Case.of("latin1.json", "{\"a\":\"caf\0\"}\n")
                        .isRefused(
                                "latin1.json, line 1, is not text: it holds bytes of zero. UTF-16 is read with a byte order"
                                        + " mark only."));
    }

    static Stream<Case> filesWithoutRows() {
        return Stream.of("a.csv", "a.txt", "a.tsv", "a.json", "\ufeff.csv", "\ufeff.json")
                .map(name -> Case.of(name.replace('\ufeff', 'b'), name.startsWith("\ufeff") ? "\ufeff" : "")
                        .isRefused(name.replace('\ufeff', 'b') + " is empty: there are no columns to write."));
    }

    static Stream<Case> otherFormats() {
        return Stream.of(
                Case.of("zip.csv", "PK\u0003\u0004....")
                        .isRefused("zip.csv is a ZIP file, as Excel's are, which is not read: unpack it, or save it as"
                                + " CSV."),
                Case.of("a.parquet", "").isRefused("a.parquet is not a sound Parquet file: it is empty."),
                Case.of("a.avro", "").isRefused("a.avro is not a sound Avro file: it is empty."),
                Case.of("utf32.csv", "\ufeffa,b\n1,2\n")
                        .in("UTF-32LE")
                        .isRefused("utf32.csv begins as UTF-32, which is not read. Save it in UTF-8."),
                Case.of("utf32.json", "\ufeff{}")
                        .in("UTF-32BE")
                        .isRefused("utf32.json begins as UTF-32, which is not read. Save it in UTF-8."),
                Case.of("odd.csv", "\ufeffa,b\n1,2")
                        .in("UTF-16BE")
                        .withoutLastByte()
                        .isRefused("odd.csv, line 2, is not UTF-16, although the file begins so."));
    }

    @Test
    void whatIsCompressedTwiceIsCalledSo() throws Exception {
        for (var name : List.of("a.csv.gz", "a.json.gz", "a.txt.GZ")) {
            var once = new String(RunFolder.gzip("a\n1\n"), StandardCharsets.ISO_8859_1);
            var twice = Packed.GZIP.pack(once, StandardCharsets.ISO_8859_1);
            assertAgreed(
                    Case.of(name, "")
                            .isRefused(name + ": what it unpacks to is compressed with gzip: it is compressed twice."
                                    + " Unpack it once."),
                    name,
                    twice);
        }
    }

    @Test
    void theCaseOfANameChangesNothing() throws Exception {
        for (var packed : Packed.values()) {
            var name = "a.CSV" + packed.compression().extension().toUpperCase(java.util.Locale.ROOT);
            assertAgreed(Case.of(name, "").gives("id,n\n1,2\n"), name, packed.pack("id,n\n1,2\n"));
        }
    }

    static Stream<Case> lineEnds() {
        return Stream.of(
                Case.of("mixed.csv", "a,b\n1,2\r\n3,4\r5,6\n\r\n7,\"x\r\ny\rz\"\r8,9")
                        .gives("a,b\n1,2\n3,4\n5,6\n7,\"x\r\ny\rz\"\n8,9\n"),
                Case.of("cr.csv", "a,b\r1,2\r\r3,4\r").gives("a,b\n1,2\n3,4\n"),
                Case.of("mixed.txt", "one\rtwo\r\nthree\n\nfour").gives("line\none\ntwo\nthree\n\nfour\n"),
                Case.of("quotes.csv", "a,b\r\n \"x \"\"y\"\"\" ,\"\"\n,z\r")
                        .gives("a,b\n\"x \"\"y\"\"\",\"\"\n,z\n")
                        .doubting(NAMES)
                        .doubting(BLANKS),
                Case.of("blanks.csv", "a,b\n1,   \"x, y\"  \n2,  z \n")
                        .gives("a,b\n1,\"x, y\"\n2,  z \n")
                        .doubting(BLANKS),
                Case.of("stray.csv", "a,b\r\n1,2\n\"x\"y,2\n")
                        .isRefused("stray.csv, line 3, has a quote that does not end where the value ends."),
                Case.of("open.csv", "a,b\n1,2\n\"x,2\n")
                        .isRefused("open.csv, line 3, has a quote that does not end where the value ends."));
    }

    static Stream<Case> theCallersWord() {
        return Stream.of(
                Case.of("a.csv", "red,green\nblue,white\n")
                        .said(false, null, null, null)
                        .gives("column1,column2\nred,green\nblue,white\n"),
                Case.of("a.csv", "1,2\n3,4\n").said(true, null, null, null).gives("1,2\n3,4\n"),
                Case.of("a.csv", "a;b,c\n1;2,3\n").said(true, ",", null, null).gives("a;b,c\n1;2,3\n"),
                Case.of("a.csv", "a:b\n1:2\n").said(null, ":", null, null).gives("a,b\n1,2\n"),
                Case.of("a.csv", "a\u0001b\n1\u0001x,y\n")
                        .said(null, "\u0001", null, null)
                        .gives("a,b\n1,\"x,y\"\n"),
                Case.of("a.tsv", "a;b\n1;2\t3\n").said(null, ";", null, null).gives("a,b\n1,2\t3\n"),
                Case.of("a.csv", "a\tb\n1\t2,5\n").said(null, "tab", null, null).gives("a,b\n1,\"2,5\"\n"),
                Case.of("a.csv", "a,b\n'x, y',2\n'it''s',3\n")
                        .said(null, null, null, "'")
                        .gives("a,b\n\"x, y\",2\nit's,3\n"),
                Case.of("a.csv", "a,b\n5\" x,2\n\"y,3\n")
                        .said(null, null, null, "none")
                        .gives("a,b\n\"5\"\" x\",2\n\"\"\"y\",3\n"),
                Case.of("log.txt", "time,text\n10:00,start, now\n")
                        .said(true, ";", null, null)
                        .gives("\"time,text\"\n\"10:00,start, now\"\n"),
                Case.of("log.txt", "time text\n10:00 start\n")
                        .said(true, null, null, null)
                        .gives("time text\n10:00 start\n"),
                Case.of("a.tsv", "a\tb\n1\t2\n")
                        .said(null, null, null, "\t")
                        .isRefused("a.tsv is split by tab, which cannot be the quote as well: say another delimiter or"
                                + " quote."),
                Case.of("a.json", "{\"a\":1}")
                        .said(true, ",", null, null)
                        .isRefused("header, delimiter: apply to delimited text only, and a.json is JSON."),
                Case.of("a.parquet", "x")
                        .said(null, null, "UTF-8", null)
                        .isRefused("encoding: applies to delimited text only, and a.parquet is Parquet."),
                Case.of("a.avro", "x")
                        .said(null, null, null, "")
                        .isRefused("quote: applies to delimited text only, and a.avro is Avro."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "rowsThatAreTooLong",
        "delimitersAtTheEndOfEveryRow",
        "delimiters",
        "headers",
        "linesThatTellTheDelimiter",
        "bytes",
        "lineEnds",
        "filesWithoutRows",
        "otherFormats",
        "theCallersWord"
    })
    void whatAPreviewShowsIsWhatAJobDoes(Case file) throws Exception {
        assertAgreed(file, file.name(), file.content());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"linesThatTellTheDelimiter", "lineEnds"})
    void compressionChangesNothing(Case file) throws Exception {
        var packed = Packed.values()[Math.abs(file.hashCode() % Packed.values().length)];
        var name = file.name().contains(".") ? file.name() : file.name() + ".txt";
        assertAgreed(
                file,
                name + packed.compression().extension(),
                packed.pack(new String(file.content(), StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1));
    }

    @Test
    void textThatIsNotSaidToBeOfAnotherEncodingIsShownWithTheWordsOfTheJob() throws Exception {
        for (var name : List.of("latin1.csv", "latin1.json")) {
            var text = name.endsWith("csv") ? "id,name\n1,caf\u00e9\n" : "{\"a\":\"caf\u00e9\"}\n";
            var file = Case.of(name, text).in("ISO-8859-1");

            var refusal = catchThrowableOfType(ProblemException.class, () -> run(file, name, file.content())
                    .csv());

            assertThat(refusal)
                    .hasMessageMatching(name + ", line [12], is neither UTF-8 nor UTF-16 with a byte order mark\\..*");
            assertThat(sample(file, name, file.content()).warnings())
                    .singleElement()
                    .asString()
                    .startsWith(name + " is neither UTF-8 nor UTF-16 with a byte order mark.");
        }
    }

    @Test
    void filesOfOneFolderAreJudgedTogether() throws Exception {
        var texts = new RunFolder(Files.createTempDirectory(temporary, ""))
                .with("a.csv", "red,green\nblue,white\n")
                .with("b.csv", "black,grey\npink,brown\n");
        assertThat(texts.csv()).isEqualTo("column1,column2\nred,green\nblue,white\nblack,grey\npink,brown\n");

        var told = new RunFolder(Files.createTempDirectory(temporary, ""))
                .with("a.csv", "sep=;\r\na;b\r\n1;2\r\n")
                .with("b.csv", "")
                .with("c.csv", "a;b\n3;4;\n5;6;\n")
                .with("d.csv", "\ufeff\ufeffsep=;\na;b\n7;8\n");
        assertThat(told.csv()).isEqualTo("a,b\n1,2\n3,4\n5,6\n7,8\n");
    }

    private void assertAgreed(Case file, String name, byte[] content) throws IOException {
        if (file.refusal() != null) {
            var refusal = file.refusal().replace(file.name(), name);
            var job = catchThrowableOfType(
                    ProblemException.class, () -> run(file, name, content).csv());
            assertThat(job).hasMessage(refusal);
            assertThat(previewsRefusal(file, name, content)).isEqualTo(refusal);
            return;
        }
        assertThat(run(file, name, content).csv()).isEqualTo(file.result());
        var sample = sample(file, name, content);
        assertThat(names(sample)).isEqualTo(file.result().lines().findFirst().orElseThrow());
        var records = run(file, name, content)
                .json()
                .lines()
                .map(PreviewsAndJobsAgreeTest::values)
                .toList();
        assertThat(sample.rows().stream()
                        .map(row -> row.stream().map(JsonNode::asText).toList()))
                .isEqualTo(records);
        assertThat(sample.complete()).isTrue();
        assertThat(sample.warnings()).hasSameSizeAs(file.doubts());
        for (int doubt = 0; doubt < file.doubts().size(); doubt++) {
            assertThat(sample.warnings().get(doubt)).contains(file.doubts().get(doubt));
        }
    }

    private static String names(Sample sample) {
        return sample.columns().stream()
                .map(Sample.Column::name)
                .map(name ->
                        name.isEmpty() || name.matches(".*[,\"\n].*") ? "\"" + name.replace("\"", "\"\"") + "\"" : name)
                .collect(Collectors.joining(","));
    }

    private static List<String> values(String record) {
        var values = new ArrayList<String>();
        Json.read(record, JsonNode.class).elements().forEachRemaining(value -> values.add(value.asText()));
        return values;
    }

    /** It shows the rows before the one that cannot be read, or nothing where there are none. */
    private String previewsRefusal(Case file, String name, byte[] content) throws IOException {
        try {
            return sample(file, name, content).warnings().get(0);
        } catch (ProblemException refusal) {
            return refusal.detail();
        }
    }

    private Sample sample(Case file, String name, byte[] content) throws IOException {
        var folder = Files.createTempDirectory(temporary, "");
        return SAMPLER.sample(new StoredFile(content), "bucket", name, file.said(), folder, 100);
    }

    private RunFolder run(Case file, String name, byte[] content) {
        try {
            return new RunFolder(Files.createTempDirectory(temporary, ""))
                    .with(name, content)
                    .said(file.said());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
