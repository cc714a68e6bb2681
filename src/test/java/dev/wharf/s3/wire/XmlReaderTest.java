package dev.wharf.s3.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That XML is read as it is meant, and that nothing a store can send makes the reader do anything but read or refuse. */
class XmlReaderTest {
    private static final long MOST = 1 << 20;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain,plain",
                "&lt;&amp;&gt;&quot;&apos;,<&>\"'",
                "a&#65;&#x41;&#x000041;b,aAAAb",
                "&amp;lt;,&lt;",
                "&#x1F600;&#128512;,\uD83D\uDE00\uD83D\uDE00",
                "\u65e5\u672c,\u65e5\u672c",
                "<![CDATA[<a>&lt;]]>,<a>&lt;",
                "a<![CDATA[]]>b<![CDATA[]]]]>c,ab]]c",
                "a<!-- <b> & --comment -->b,ab",
                "a<?instruction <b>?>b,ab",
                " blanks are kept , blanks are kept "
            })
    void textIsWhatItStandsFor(String written, String meant) throws Exception {
        assertThat(text("<a>" + written + "</a>")).isEqualTo(meant);
    }

    @Test
    void controlCharactersAreTakenAsStoresSendThem() throws Exception {
        assertThat(text("<a>&#x1;&#31;\u0002</a>")).isEqualTo("\u0001\u001f\u0002");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>text</a>",
                "<a >text</a >",
                "<x:a xmlns:x='urn:x'>text</x:a>",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a > b --><a xmlns=\"http://s3.amazonaws.com/\"\n"
                        + " b='\"/>' c = \"'\">text</a>\n<!-- end --><?end?>\n"
            })
    void namespacesAttributesAndCommentsArePassedOver(String document) throws Exception {
        assertThat(text(document)).isEqualTo("text");
    }

    @Test
    void elementsAreEnteredSkippedAndLeft() throws Exception {
        assertThat(events("<a><b/><c>1<d>2</d><!-- --></c> <e f='g'/>text<h><i>3</i></h></a>"))
                .containsExactly("<a", "<b", ">", "<c", "<d", ">", ">", "<e", ">", "<h", "<i", ">", ">", ">");

        var xml = reader("<a><b><c/><d>x</d>y</b><e>1</e><f/><g></g></a>");
        assertThat(xml.next()).isTrue();
        assertThat(xml.next()).isTrue();
        xml.skip();
        assertThat(xml.next()).isTrue();
        assertThat(xml.name()).isEqualTo("e");
        assertThat(xml.text().number()).isOne();
        assertThat(xml.next()).isTrue();
        assertThat(xml.text()).asString().isEmpty();
        assertThat(xml.next()).isTrue();
        xml.skip();
        assertThat(xml.next()).isFalse();
        assertThat(xml.next()).isFalse();
    }

    @Test
    void documentThatEndsTooEarlyIsRefusedWhereverThatIs() throws Exception {
        String document = "<?xml version='1.0'?><!-- c --><a x='y'><b>t&amp;<![CDATA[d]]></b><c/><d><e>1</e></d></a>";

        for (int length = 0; length < document.length(); length++) {
            String part = document.substring(0, length);
            assertThatExceptionOfType(MalformedXmlException.class)
                    .as(part)
                    .isThrownBy(() -> events(part))
                    .withMessageContaining("at byte");
        }
        assertThat(events(document)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "not xml|it is not XML",
                "<a></b>|does not match",
                "<a></ab>|does not match",
                "<a></a></a>|does not match",
                "<a/><b/>|second root",
                "<a/>text|outside of the root",
                "<a>&</a>|'&' does not begin",
                "<a>& amp and more text</a>|'&' does not begin",
                "<a>&bomb;</a>|&bomb; does not stand",
                "<a>&#0;</a>|&#0; does not stand",
                "<a>&#xD800;</a>|does not stand",
                "<a>&#x110000;</a>|does not stand",
                "<a>&#x100000041;</a>|does not stand",
                "<a>&#;</a>|does not stand",
                "<a>&#x;</a>|does not stand",
                "<a>&;</a>|does not stand",
                "<a b></a>|has no value",
                "<a b=c></a>|not in quotes",
                "<a b='<'></a>|is not closed",
                "<a b='1'c='2'></a>|a blank is missing",
                "<a / ></a>|'>' is missing",
                "<a></a b='1'>|'>' is missing",
                "<1a></1a>|a name is missing",
                "< a></a>|a name is missing",
                "<a>text<b/>more text</a>|an element is where text",
                "<!DOCTYPE a><a/>|document type",
                "<!DOCTYPE a [<!ENTITY b '&c;&c;&c;'>]><a>&b;</a>|document type",
                "<!ELEMENT a ANY><a/>|document type"
            })
    void whatIsNotWellFormedIsRefusedAndNamed(String document, String reason) {
        assertThatExceptionOfType(MalformedXmlException.class)
                .isThrownBy(() -> text(document))
                .withMessageContaining(reason);
    }

    @Test
    void longTextIsRefusedWhereItIsReadAndPassedOverElsewhere() throws Exception {
        String longText = "x".repeat(XmlBytes.STRETCH);

        assertThat(text("<a>" + longText.substring(10) + "</a>")).hasSize(longText.length() - 10);
        assertThatExceptionOfType(MalformedXmlException.class)
                .isThrownBy(() -> text("<a>" + longText.repeat(5) + "</a>"))
                .withMessageContaining("too long");
        assertThatExceptionOfType(MalformedXmlException.class)
                .isThrownBy(() -> text("<a b='" + longText.repeat(10) + "'/>"))
                .withMessageContaining("too long");
        assertThat(events("<a>" + longText.repeat(9) + "<b/></a>")).containsExactly("<a", "<b", ">", ">");
    }

    @Test
    void documentWithoutEndIsGivenUp() {
        var endless = new InputStream() {
            private boolean begun;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                target[offset] = (byte) (begun ? 'x' : '<');
                target[offset + 1] = (byte) (begun ? 'x' : 'a');
                target[offset + 2] = (byte) (begun ? 'x' : '>');
                begun = true;
                return 3;
            }
        };

        assertThatExceptionOfType(MalformedXmlException.class)
                .isThrownBy(() -> events(new XmlReader(endless, MOST)))
                .withMessageContaining("longer than " + MOST + " bytes");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatExceptionOfType(MalformedXmlException.class)
                .isThrownBy(() -> events("<a>".repeat(10_000)))
                .withMessageContaining("too deeply");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000, 16_383, 16_384, 16_385, 100_000})
    void piecesInWhichTheDocumentComesDoNotMatter(int piece) throws Exception {
        var document = new StringBuilder("<a>");
        List<String> expected = new ArrayList<>();
        for (int index = 0; index < 3_000; index++) {
            expected.add("key & \u65e5 " + "k".repeat(index % 100) + index);
            document.append("<b c='d'> <e>x</e></b>\n<k>")
                    .append(expected.get(index).replace("&", "&amp;"))
                    .append("</k>");
        }
        byte[] bytes = document.append("</a>").toString().getBytes(UTF_8);

        var xml = new XmlReader(inPieces(bytes, piece), MOST);
        List<String> read = new ArrayList<>();
        xml.next();
        while (xml.next()) {
            if (xml.name().equals("k")) {
                read.add(xml.text().toString());
            } else {
                xml.skip();
            }
        }

        assertThat(read).isEqualTo(expected);
        assertThat(xml.next()).isFalse();
    }

    /** The JDK's reader as the oracle; what it refuses may be read here, but never differently. */
    @Test
    void randomDocumentsAreReadAsTheJdkReadsThem() throws Exception {
        String[] pieces = {
            "<a>",
            "</a>",
            "<b>",
            "</b>",
            "<c/>",
            "<n:d xmlns:n='u'>",
            "</n:d>",
            "text",
            "&amp;",
            "&#65;",
            "&",
            "<",
            ">",
            "<!-- c -->",
            "<![CDATA[<x>]]>",
            "<?p i?>",
            " ",
            "\n",
            "<e f='1' g=\"2\">",
            "</e>",
            "]]",
            "\u00e9",
            "'"
        };
        int wellFormed = 0;
        for (int seed = 0; seed < 30_000; seed++) {
            var random = new Random(seed);
            var document = new StringBuilder("<a>");
            for (int count = random.nextInt(7); count >= 0; count--) {
                document.append(pieces[random.nextInt(pieces.length)]);
            }
            String whole = document.append("</a>").toString();
            List<String> expected;
            try {
                expected = jdkEvents(whole);
            } catch (XMLStreamException e) {
                readOrRefuse(whole.getBytes(UTF_8));
                continue;
            }
            wellFormed++;
            assertThat(events(whole)).as(whole).isEqualTo(expected);
        }
        assertThat(wellFormed).isGreaterThan(1_000);
    }

    @Test
    void damagedDocumentsAreReadOrRefusedAndNothingElse() throws Exception {
        byte[] document = ("<?xml version='1.0'?><a x='y'><b>t&amp;<![CDATA[d]]>&#65;</b><c/><!-- c --><d><e>1</e>"
                        + "</d></a>")
                .getBytes(UTF_8);
        for (int seed = 0; seed < 50_000; seed++) {
            var random = new Random(seed);
            byte[] damaged = document.clone();
            for (int count = random.nextInt(3); count >= 0; count--) {
                damaged[random.nextInt(damaged.length)] =
                        random.nextBoolean() ? (byte) random.nextInt() : document[random.nextInt(document.length)];
            }
            readOrRefuse(damaged);
        }
    }

    @Test
    void readerHeedsInterrupts() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> text("<a>text</a>")).isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-01T00:00:00.000Z",
                "2024-02-29T23:59:59.999Z",
                "2024-02-29T23:59:59Z",
                "1970-01-01T00:00:00.001Z",
                "0001-01-01T00:00:00.000Z",
                "2024-01-01T00:00:00.123456789Z",
                "2024-01-01T00:00:00.5Z",
                "2024-01-01T24:00:00Z",
                "2024-01-01T02:00:00+02:00",
                "9999-12-31T23:59:59.999Z"
            })
    void timesAreReadAsTheJdkReadsThem(String time) throws Exception {
        assertThat(element("<a>" + time + "</a>").instant()).isEqualTo(Instant.parse(time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2024-13-01T00:00:00.000Z",
                "2023-02-29T00:00:00.000Z",
                "2024-01-01T25:00:00.000Z",
                "2024-01-01T00:60:00.000Z",
                "2024-01-01T00:00:00.0a0Z",
                "2024-01-01T00:00:00.000z0",
                "2024-01-01T00:00:00.000"
            })
    void timesThatAreNoneAreRefused(String time) {
        assertThatExceptionOfType(DateTimeException.class)
                .isThrownBy(() -> element("<a>" + time + "</a>").instant());
    }

    @Test
    void timeThatIsMissingIsNull() throws Exception {
        assertThat(element("<a/>").instant()).isNull();
        assertThat(element("<a></a>").instant()).isNull();
    }

    @Test
    void numbersAreDigitsThatFitIntoALong() throws Exception {
        assertThat(element("<a>0</a>").number()).isZero();
        assertThat(element("<a>5497558138880</a>").number()).isEqualTo(5L << 40);
        for (String wrong : List.of("-1", "+1", "1.0", "ten", "1e3", "99999999999999999999", "9223372036854775808")) {
            assertThatExceptionOfType(NumberFormatException.class)
                    .isThrownBy(() -> element("<a>" + wrong + "</a>").number());
        }
    }

    @Test
    void quotesAroundATextAreTakenOff() throws Exception {
        assertThat(element("<a>&quot;e-1&quot;</a>").unquoted()).isEqualTo("e-1");
        assertThat(element("<a>\"\"</a>").unquoted()).isEmpty();
        assertThat(element("<a>\"</a>").unquoted()).isEqualTo("\"");
        assertThat(element("<a>e</a>").unquoted()).isEqualTo("e");
    }

    private static void readOrRefuse(byte[] document) throws IOException {
        try {
            events(new XmlReader(new ByteArrayInputStream(document), MOST));
        } catch (MalformedXmlException e) {
            assertThat(e).hasMessageContaining("at byte");
        }
    }

    private static List<String> events(String document) throws IOException, MalformedXmlException {
        return events(reader(document));
    }

    private static List<String> events(XmlReader xml) throws IOException, MalformedXmlException {
        List<String> events = new ArrayList<>();
        int depth = 0;
        do {
            if (xml.next()) {
                events.add("<" + xml.name());
                depth++;
            } else {
                events.add(">");
                depth--;
            }
        } while (depth > 0);
        xml.next();
        return events;
    }

    private static List<String> jdkEvents(String document) throws XMLStreamException {
        List<String> events = new ArrayList<>();
        XMLStreamReader jdk = XMLInputFactory.newDefaultFactory()
                .createXMLStreamReader(new ByteArrayInputStream(document.getBytes(UTF_8)));
        while (jdk.hasNext()) {
            switch (jdk.next()) {
                case XMLStreamConstants.START_ELEMENT -> events.add("<" + jdk.getLocalName());
                case XMLStreamConstants.END_ELEMENT -> events.add(">");
                default -> {}
            }
        }
        return events;
    }

    private static String text(String document) throws IOException, MalformedXmlException {
        XmlReader xml = reader(document);
        xml.next();
        String text = xml.text().toString();
        assertThat(xml.next()).isFalse();
        return text;
    }

    private static XmlText element(String document) throws IOException, MalformedXmlException {
        XmlReader xml = reader(document);
        xml.next();
        return xml.text();
    }

    private static XmlReader reader(String document) {
        return new XmlReader(new ByteArrayInputStream(document.getBytes(UTF_8)), MOST);
    }

    private static InputStream inPieces(byte[] content, int most) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, most));
            }
        };
    }
}
