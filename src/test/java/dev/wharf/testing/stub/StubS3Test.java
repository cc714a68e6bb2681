package dev.wharf.testing.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.testing.Authority;
import dev.wharf.testing.faulty.Content;
import dev.wharf.testing.faulty.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store's contract does not show of the stub, without a client that would mend things. */
class StubS3Test {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>|<CommonPrefixes><Prefix>(.*?)</Prefix>");
    private static final Pattern TOKEN = Pattern.compile("<NextContinuationToken>(.*?)</NextContinuationToken>");

    private static StubS3 s3;

    private final String bucket = "b" + COUNT.incrementAndGet();

    @BeforeAll
    static void start() {
        s3 = StubS3.start();
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void createBucket() {
        s3.createBucket(bucket);
    }

    @AfterEach
    void heal() {
        s3.reset();
    }

    // listing

    @Test
    void millionsAreListedFromAnywhereAtTheCostOfAPage() throws Exception {
        s3.tree(bucket, Tree.nested("data/", 1_000, 1_000, 1_000));

        assertThat(page("prefix=data/&delimiter=/&max-keys=2&start-after=data/d500/d5"))
                .containsExactly("data/d500/", "data/d501/");
        assertThat(page("prefix=data/d999/d998/&start-after=data/d999/d998/f998"))
                .containsExactly("data/d999/d998/f999");
        assertThat(page("prefix=data/d123/&delimiter=/")).hasSize(1_000).startsWith("data/d123/d000/");
        assertThat(page("prefix=data/d123/d456/f78")).hasSize(10);
        assertThat(page("prefix=nothing")).isEmpty();
    }

    @Test
    void unevenTreesAreListedWhole() throws Exception {
        s3.tree(
                bucket,
                Tree.of("t/", Tree.flat("huge/", 2_500), Tree.nested("small/", 30, 2), Tree.chain("deep/", 9, 3)));

        assertThat(walk("")).hasSize(2_500 + 60 + 27).isSorted().doesNotHaveDuplicates();
        assertThat(walk("prefix=t/&delimiter=/")).containsExactly("t/deep/", "t/huge/", "t/small/");
        assertThat(walk("prefix=t/deep/&delimiter=/"))
                .containsExactly("t/deep/f0", "t/deep/f1", "t/deep/f2", "t/deep/d0/");
    }

    @Test
    void treesFindKeysByRankAndRanksByKey() {
        Tree tree = Tree.of("t/", Tree.flat("big/", 1_234), Tree.nested("small/", 12, 3, 2), Tree.chain("deep/", 5, 2));

        List<String> keys = new ArrayList<>();
        for (long rank = 0; rank < tree.count(); rank++) {
            String key = tree.key(rank);
            assertThat(tree.rank(key)).isEqualTo(rank);
            assertThat(tree.rank(key + "\0")).isEqualTo(rank + 1);
            keys.add(key);
        }

        assertThat(keys).hasSize(1_234 + 72 + 10).isSorted().doesNotHaveDuplicates();
        var random = new Random(1);
        for (int probe = 0; probe < 10_000; probe++) {
            String key = keys.get(random.nextInt(keys.size()));
            String text = key.substring(0, random.nextInt(key.length() + 1)) + "/0df~".charAt(random.nextInt(5));
            int found = Collections.binarySearch(keys, text);
            assertThat(tree.rank(text)).as(text).isEqualTo(found < 0 ? -found - 1 : found);
        }
    }

    @Test
    void treesWhoseKeysMingleAreRefused() {
        assertThatThrownBy(() -> Tree.of("t/", Tree.flat("a", 10), Tree.flat("af5/", 10)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void storedObjectsStandAmongThoseOfTrees() throws Exception {
        s3.tree(bucket, Tree.flat("t/", 5));
        s3.put(bucket, "t/f1+", "more".getBytes());
        s3.put(bucket, "t/f2", "mine".getBytes());
        s3.remove(bucket, "t/f3");

        assertThat(walk("")).containsExactly("t/f0", "t/f1", "t/f1+", "t/f2", "t/f4");
        assertThat(get("t/f2").body()).isEqualTo("mine");
        assertThat(get("t/f3").statusCode()).isEqualTo(404);
    }

    @Test
    void listedAndReadObjectsOfATreeSayTheSame() throws Exception {
        s3.tree(bucket, Tree.nested("t/", 10, 10).sized(12_345));

        String page = get("?list-type=2&prefix=t/d3/f7").body();
        HttpResponse<String> object = get("t/d3/f7");

        assertThat(page).contains("<Size>12345</Size>");
        assertThat(object.headers().firstValue("etag").orElseThrow().replace("\"", "&quot;"))
                .isEqualTo(page.replaceAll("(?s).*<ETag>|</ETag>.*", ""));
        assertThat(object.headers().firstValue("content-length")).contains("12345");
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "delimiter=/, 1", "'', 7", "delimiter=/, 3", "prefix=a&delimiter=b, 2", "start-after=a/b, 2"})
    void pagesOfAnySizeJoin(String query, int pageSize) throws Exception {
        for (String key : List.of("a", "a/", "a//b", "a/b", "a/b/c", "a0", "ab", "\ud83d\ude00", "\uff5e", "z/z")) {
            s3.put(bucket, key, new byte[0]);
        }

        assertThat(walk(query + "&max-keys=" + pageSize))
                .containsExactlyInAnyOrderElementsOf(page(query))
                .isNotEmpty();
    }

    @Test
    void encodedListingsHoldWhatXmlCannot() throws Exception {
        s3.put(bucket, "\u0001 +%/\u00e9*~", new byte[0]);

        assertThat(page("encoding-type=url")).containsExactly("%01+%2B%25/%C3%A9*%7E");
        assertThat(page("")).containsExactly("&#x1; +%/\u00e9*~");
    }

    @Test
    void storesMayIgnoreStartAfter() throws Exception {
        s3.tree(bucket, Tree.flat("", 3));
        s3.listing().ignoreStartAfter();

        assertThat(page("start-after=f1")).containsExactly("f0", "f1", "f2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "delimiter=/"})
    void storesMayListInAnotherOrder(String query) throws Exception {
        s3.tree(bucket, Tree.of("t/", Tree.nested("x/", 2, 3), Tree.flat("y", 4)));
        List<String> usual = page("prefix=t/&" + query);
        s3.listing().order(Comparator.reverseOrder());

        assertThat(walk("prefix=t/&max-keys=2&" + query))
                .isSortedAccordingTo(Comparator.reverseOrder())
                .containsExactlyInAnyOrderElementsOf(usual);
        assertThat(page("prefix=t/y&start-after=t/yf2")).containsExactly("t/yf1", "t/yf0");

        s3.put(bucket, "t/YF1", new byte[0]);
        s3.listing().order(String.CASE_INSENSITIVE_ORDER);
        assertThat(walk("prefix=t/&start-after=t/yf0&max-keys=1")).containsExactly("t/YF1", "t/yf1", "t/yf2", "t/yf3");
    }

    @Test
    void newKeysMayBeListedLate() throws Exception {
        s3.put(bucket, "old", new byte[0]);
        s3.listing().hideNew();
        s3.put(bucket, "new", new byte[0]);
        assertThat(page("")).containsExactly("old");
        assertThat(get("new").statusCode()).isEqualTo(200);

        s3.listing().late(Duration.ofDays(1));
        assertThat(page("")).isEmpty();

        s3.reset();
        assertThat(page("")).containsExactly("new", "old");
    }

    // objects

    @Test
    void generatedObjectsHaveTheirBytesWhereverTheyAreReadFrom() throws Exception {
        s3.generated(bucket, "big", 3L << 40);
        String whole = read("big", 5_000_000_000L, 5_002_000_000L);

        assertThat(whole).hasSize(2_000_000);
        assertThat(read("big", 5_001_000_000L, 5_002_000_000L)).isEqualTo(whole.substring(1_000_000));
        assertThat(read("big", 8L << 20, (8L << 20) + 1_000)).isNotEqualTo(read("big", 0, 1_000));
        assertThat(get("big", "Range", "bytes=-10").headers().firstValue("content-range"))
                .contains("bytes " + ((3L << 40) - 10) + "-" + ((3L << 40) - 1) + "/" + (3L << 40));
        assertThat(get("big", "Range", "bytes=" + (3L << 40) + "-").statusCode())
                .isEqualTo(416);
    }

    @Test
    void archivedObjectsCanBeReadOnceTheyAreRestored() throws Exception {
        s3.put(bucket, "cold", "x".getBytes());
        s3.archive(bucket, "cold", "GLACIER");
        assertThat(get("cold").body()).contains("InvalidObjectState");

        s3.restoring(bucket, "cold");
        assertThat(get("cold").statusCode()).isEqualTo(403);
        assertThat(listedWithRestore()).contains("<IsRestoreInProgress>true</IsRestoreInProgress></RestoreStatus>");

        s3.restored(bucket, "cold", Instant.parse("2030-01-02T00:00:00Z"));
        HttpResponse<String> restored = get("cold");
        assertThat(restored.body()).isEqualTo("x");
        assertThat(restored.headers().map())
                .containsEntry("x-amz-storage-class", List.of("GLACIER"))
                .containsEntry(
                        "x-amz-restore",
                        List.of("ongoing-request=\"false\", expiry-date=\"Wed, 02 Jan 2030 00:00:00 GMT\""));
        assertThat(listedWithRestore())
                .contains("<StorageClass>GLACIER</StorageClass>")
                .contains("<RestoreExpiryDate>2030-01-02T00:00:00.000Z</RestoreExpiryDate>");
        assertThat(get("?list-type=2").body()).doesNotContain("RestoreStatus");
    }

    @Test
    void bodiesInSignedChunksAreTakenApart() throws Exception {
        String body =
                "3;chunk-signature=ab\r\na\r\n\r\n1;chunk-signature=cd\r\nb\r\n0;chunk-signature=ef\r\nx-amz-checksum-crc32:AA==\r\n\r\n";

        assertThat(put("chunked", body, "Content-Encoding", "aws-chunked").statusCode())
                .isEqualTo(200);

        assertThat(get("chunked").body()).isEqualTo("a\r\nb");
        assertThat(get("chunked").headers().firstValue("content-encoding")).isEmpty();
        assertThat(put("chunked", "5\r\nabc", "Content-Encoding", "aws-chunked").body())
                .contains("IncompleteBody");
    }

    @Test
    void bodiesThatAreNotWhatTheirDigestSaysAreRefused() throws Exception {
        assertThat(put("k", "x", "Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==").body())
                .contains("BadDigest");
        assertThat(put("k", "x", "Content-MD5", "!").body()).contains("InvalidDigest");
        assertThat(put("k", "", "Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==").statusCode())
                .isEqualTo(200);
    }

    @Test
    void discardedUploadsKeepTheirSizeAndEtag() throws Exception {
        try (StubS3 discarding = StubS3.start(StubOptions.TESTS.discarding(), bucket)) {
            CLIENT.send(
                    HttpRequest.newBuilder(uri(discarding, "k"))
                            .PUT(BodyPublishers.ofString("0123456789"))
                            .build(),
                    BodyHandlers.discarding());

            HttpResponse<byte[]> object =
                    CLIENT.send(HttpRequest.newBuilder(uri(discarding, "k")).build(), BodyHandlers.ofByteArray());
            assertThat(object.body()).hasSize(10);
            assertThat(object.headers().firstValue("etag")).contains("\"781e5e245d69b566979b86e28d23f2c7\"");
        }
    }

    @Test
    void largeObjectsAreReadNoFasterThanTheyAreTakenOverTls(@TempDir Path folder) throws Exception {
        Authority authority = Authority.in(folder, "ip:127.0.0.1");
        var zeros = new Zeros(1L << 30, new AtomicLong());
        try (StubS3 secured = StubS3.start(StubOptions.TESTS.certifiedBy(authority), bucket)) {
            secured.put(bucket, "big", zeros);

            HttpResponse<InputStream> object = trusting(authority)
                    .send(HttpRequest.newBuilder(uri(secured, "big")).build(), BodyHandlers.ofInputStream());

            try (InputStream body = object.body()) {
                body.skipNBytes(64 << 20);
                assertThat(zeros.read()).hasValueLessThan(zeros.size() / 2);
            }
        }
    }

    private record Zeros(long size, AtomicLong read) implements Content {
        private static final byte[] BYTES = new byte[BodyWriter.CHUNK];

        @Override
        public ByteBuf chunk(long position, int most) {
            read.set(position);
            return Unpooled.wrappedBuffer(BYTES, 0, Math.min(most, BYTES.length));
        }
    }

    private static HttpClient trusting(Authority authority) throws GeneralSecurityException, IOException {
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(KeyStore.getInstance(authority.store().toFile(), Authority.PASSWORD.toCharArray()));
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trusted.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build();
    }

    @Test
    void uploadsAreCheckedWhenTheyAreCompleted() throws Exception {
        String id = send("POST", "k?uploads", "").body().replaceAll("(?s).*<UploadId>|</UploadId>.*", "");
        String upload = "k?uploadId=" + id;
        String etag = put(upload + "&partNumber=1", "one")
                .headers()
                .firstValue("etag")
                .orElseThrow();
        put(upload + "&partNumber=2", "two");

        assertThat(put(upload + "&partNumber=10001", "x").body()).contains("InvalidArgument");
        assertThat(complete(upload, part(1, etag), part(2, "\"bad\""))).contains("InvalidPart<");
        assertThat(complete(upload, part(2, etag), part(1, etag))).contains("InvalidPartOrder");
        assertThat(complete(upload, part(1, etag), part(2, "b8a9f715dbb64fd5c56e7783c6820a61")))
                .contains("EntityTooSmall");
        assertThat(complete(upload, "<Part>")).contains("MalformedXML");
        assertThat(send("GET", upload, "").body()).contains("<PartNumber>2</PartNumber>", "<Size>3</Size>");
        assertThat(get("?uploads&prefix=k").body()).contains("<UploadId>" + id);
        assertThat(s3.uploads(bucket)).containsExactly("k");

        assertThat(complete(upload, part(1, etag))).contains("CompleteMultipartUploadResult");
        assertThat(get("k").body()).isEqualTo("one");
        assertThat(get("k").headers().firstValue("etag")).contains("\"" + "f9b4018028d097c99d5827f9fd8a6557" + "-1\"");
        assertThat(complete(upload, part(1, etag))).contains("NoSuchUpload");
    }

    @Test
    void requestsThatNobodySignedAreRefused() throws Exception {
        try (StubS3 strict = StubS3.start(StubOptions.TESTS.checkingSignatures(), bucket)) {
            var refused = CLIENT.send(HttpRequest.newBuilder(uri(strict, "k")).build(), BodyHandlers.ofString());

            assertThat(refused.body()).contains("AccessDenied");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "%zz, InvalidURI",
        "?list-type=2&max-keys=x, InvalidArgument",
        "?list-type=2&continuation-token=x, InvalidArgument"
    })
    void requestsThatMakeNoSenseAreRefused(String keyAndQuery, String code) throws Exception {
        String request = "GET /" + bucket + (keyAndQuery.startsWith("?") ? "" : "/") + keyAndQuery
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (var socket = new Socket(s3.endpoint().getHost(), s3.endpoint().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("<Code>" + code);
        }
    }

    // faults

    @Test
    void faultsComeAsOftenAsTheyWereAskedFor() throws Exception {
        s3.put(bucket, "k", "x".getBytes());
        s3.on("GET", "k").answer(503, "SlowDown").after(1).times(2);

        assertThat(List.of(status("k"), status("k"), status("k"), status("k"))).containsExactly(200, 503, 503, 200);
        assertThat(s3.requests("GET", "/k")).hasSize(4);

        s3.when(request -> request.headers().containsKey("range"))
                .answer(400, "ExpiredToken")
                .always();
        assertThat(get("k", "Range", "bytes=0-").body()).contains("ExpiredToken");
        assertThat(status("k")).isEqualTo(200);
    }

    @Test
    void latencyAddsToOtherFaults() throws Exception {
        s3.on("GET", "").delay(Duration.ofMillis(30)).always();
        s3.on("GET", "k").answer(500, "InternalError");
        long begin = System.nanoTime();

        assertThat(status("k")).isEqualTo(500);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionsBreakWhereTheyWereToldTo(boolean abruptly) throws Exception {
        s3.generated(bucket, "k", 1_000_000);
        List<UnaryOperator<Fault>> breaks =
                List.of(Fault::breakOff, Fault::loseAnswer, fault -> fault.breakBodyAfter(500_000));

        for (UnaryOperator<Fault> breaking : breaks) {
            Fault fault = breaking.apply(s3.on("GET", "k")).always(); // this client tries again
            if (abruptly) {
                fault.abruptly();
            }
            assertThatThrownBy(() -> get("k")).isInstanceOf(IOException.class);
            s3.reset();
        }
        assertThat(get("k").body()).isNotEmpty();
    }

    @Test
    void lostAnswersWereGiven() {
        s3.on("PUT", "k").loseAnswer();

        assertThatThrownBy(() -> put("k", "x")).isInstanceOf(IOException.class);

        assertThat(s3.get(bucket, "k")).asString().isEqualTo("x");
    }

    @Test
    void answersMayBeShortOrSlowOrNeverCome() throws Exception {
        s3.put(bucket, "k", "0123456789".getBytes());
        s3.on("GET", "k").shortenBody(4);
        assertThat(get("k").body()).isEqualTo("0123");

        s3.on("GET", "k").drip(3, Duration.ofMillis(1));
        assertThat(get("k").body()).isEqualTo("0123456789");

        s3.on("GET", "k").neverAnswer();
        assertThatThrownBy(() -> CLIENT.send(
                        HttpRequest.newBuilder(uri(s3, "k"))
                                .timeout(Duration.ofMillis(100))
                                .build(),
                        BodyHandlers.discarding()))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void answersMayLieAndSendElsewhere() throws Exception {
        s3.put(bucket, "k", "x".getBytes());

        s3.on("GET", "k").replaceHeader("ETag", "\"other\"");
        assertThat(get("k").headers().firstValue("etag")).contains("\"other\"");

        s3.on("GET", "k").permanentRedirect("eu-west-1");
        assertThat(get("k").headers().map()).containsEntry("x-amz-bucket-region", List.of("eu-west-1"));

        s3.on("GET", "k").temporaryRedirect(URI.create("http://127.0.0.1:1/"));
        assertThat(get("k").headers().map()).containsEntry("location", List.of("http://127.0.0.1:1/"));
    }

    @Test
    void emptyPagesLoseNothing() throws Exception {
        s3.tree(bucket, Tree.nested("t/", 5, 5));
        List<String> all = page("start-after=t/d0/f2");
        s3.on("GET", "list-type").emptyPage().times(2);
        s3.on("GET", "continuation-token").emptyPage().after(2).times(3);

        assertThat(walk("max-keys=6&start-after=t/d0/f2")).isEqualTo(all);
        assertThat(s3.requests("GET", "list-type")).hasSize(1 + 4 + 5);
    }

    @Test
    void tokensMayBeRepeatedOrLost() throws Exception {
        s3.tree(bucket, Tree.flat("", 10));
        s3.on("GET", "max-keys=2").repeatToken().always();
        String first = token(get("?list-type=2&max-keys=2").body());
        assertThat(token(get("?list-type=2&max-keys=2&continuation-token=" + encoded(first))
                        .body()))
                .isEqualTo(first);

        s3.on("GET", "max-keys=3").loseToken();
        String page = get("?list-type=2&max-keys=3").body();
        assertThat(page).contains("<IsTruncated>true</IsTruncated>");
        assertThat(token(page)).isNull();
    }

    // helpers

    private List<String> walk(String query) throws Exception {
        List<String> keys = new ArrayList<>();
        var tokens = new HashSet<String>();
        String token = null;
        do {
            String page = get("?list-type=2&" + query + (token == null ? "" : "&continuation-token=" + encoded(token)))
                    .body();
            keys.addAll(keys(page));
            token = token(page);
            assertThat(token == null || tokens.add(token)).as("a new token").isTrue();
        } while (token != null);
        return keys;
    }

    private List<String> page(String query) throws Exception {
        return keys(get("?list-type=2&" + query).body());
    }

    private static List<String> keys(String page) {
        return KEY.matcher(page)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }

    private static String token(String page) {
        return TOKEN.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElse(null);
    }

    private String listedWithRestore() throws Exception {
        return get("?list-type=2", "x-amz-optional-object-attributes", "RestoreStatus")
                .body();
    }

    private String read(String key, long from, long to) throws Exception {
        return CLIENT.send(
                        HttpRequest.newBuilder(uri(s3, key))
                                .header("Range", "bytes=" + from + "-" + (to - 1))
                                .build(),
                        BodyHandlers.ofString(StandardCharsets.ISO_8859_1))
                .body();
    }

    private int status(String key) throws Exception {
        return get(key).statusCode();
    }

    private HttpResponse<String> get(String keyAndQuery, String... headers) throws Exception {
        return send("GET", keyAndQuery, "", headers);
    }

    private HttpResponse<String> put(String keyAndQuery, String body, String... headers) throws Exception {
        return send("PUT", keyAndQuery, body, headers);
    }

    private String complete(String upload, String... parts) throws Exception {
        return send("POST", upload, "<CompleteMultipartUpload>" + String.join("", parts) + "</CompleteMultipartUpload>")
                .body();
    }

    private static String part(int number, String etag) {
        return "<Part><PartNumber>" + number + "</PartNumber><ETag>" + etag + "</ETag></Part>";
    }

    private HttpResponse<String> send(String method, String keyAndQuery, String body, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(uri(s3, keyAndQuery)).method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(StubS3 server, String keyAndQuery) {
        return URI.create(server.endpoint() + "/" + bucket + (keyAndQuery.startsWith("?") ? "" : "/") + keyAndQuery);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
