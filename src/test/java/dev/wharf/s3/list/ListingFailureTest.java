package dev.wharf.s3.list;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.network.NetworkPolicy;
import dev.wharf.s3.MemoryLedger;
import dev.wharf.s3.ObjectStoreContract;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.SdkClientFactory;
import dev.wharf.s3.client.StoreClient;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.stub.StubS3;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What listings make of stores that fail, and how long they put up with it. */
class ListingFailureTest {
    private static final String BUCKET = "wharf-listings";
    private static final String LISTING = "list-type=2";
    private static StubS3 server;

    private final SdkObjectStores stores = new SdkObjectStores(new MemoryLedger(), ObjectStoreContract.SETTINGS);
    private final SdkObjectStores impatient = new SdkObjectStores(new MemoryLedger(), impatientSettings());
    private ObjectStore store;

    @BeforeAll
    static void start() {
        server = StubS3.start(BUCKET);
        server.put(BUCKET, "a/one", new byte[1]);
        server.put(BUCKET, "a/two", new byte[2]);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        store = stores.open(server.access());
    }

    @AfterEach
    void heal() {
        server.reset();
        stores.close();
        impatient.close();
    }

    @ParameterizedTest
    @CsvSource({"200, SlowDown", "200, InternalError", "200, ServiceUnavailable", "503, SlowDown", "500, InternalError"
    })
    void overloadIsWaitedOutWhateverStatusItComesWith(int status, String code) {
        server.on("GET", LISTING).answer(status, code).times(2);

        assertThat(listed()).isEqualTo(2);
        assertThat(asked()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"SlowDown, UNAVAILABLE", "AccessDenied, DENIED", "NoSuchBucket, NO_SUCH_BUCKET", "Other, REFUSED"})
    void errorInsideOfASuccessIsAnError(String code, Kind kind) {
        server.on("GET", LISTING)
                .answer(200, code, "<&> said the store", Map.of())
                .always();

        assertKind(kind, this::listed).hasMessageContaining("s3://" + BUCKET);
        assertThat(asked()).isEqualTo(kind == Kind.UNAVAILABLE ? ObjectStoreContract.SETTINGS.attempts() : 1);
    }

    @Test
    void wordsOfTheStoreAreKept() {
        server.on("GET", LISTING).answer(200, "Odd", "<&> said the store", Map.of());

        assertKind(Kind.REFUSED, this::listed).hasMessageContaining("(Odd: \"<&> said the store\")");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 300})
    void pageThatBreaksOffIsAskedForAgain(int bytes) {
        server.on("GET", LISTING).breakBodyAfter(bytes).times(2);

        assertThat(listed()).isEqualTo(2);
        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void pageThatAlwaysBreaksOffIsAFailureThatNamesTheStore() {
        server.on("GET", LISTING).breakBodyAfter(100).always();

        assertKind(Kind.UNAVAILABLE, this::listed)
                .hasMessageContaining("the connection to " + server.endpoint() + " broke");
    }

    @Test
    void malformedPageIsAFailureAtOnceThatSaysWhere() {
        server.on("GET", LISTING)
                .rewriteBody(body -> body.replace("</Contents>", "</Content>"))
                .always();

        assertKind(Kind.BROKEN, this::listed)
                .hasMessageContaining("s3://" + BUCKET + "/a/")
                .hasMessageContaining("malformed XML: an end tag does not match its start tag, at byte");
        assertThat(asked()).isOne();
    }

    @Test
    void emptyAnswerIsNoEmptyFolder() {
        server.on("GET", LISTING).answerWith(200, Map.of(), "").always();

        assertKind(Kind.BROKEN, this::listed).hasMessageContaining("ends too early");
    }

    @Test
    void signInPageIsNoListing() {
        server.on("GET", LISTING)
                .answerWith(200, Map.of("Content-Type", "text/html"), "<html><body>Sign in</body></html>");

        assertKind(Kind.BROKEN, this::listed).hasMessageContaining("its root is <html>");
    }

    @Test
    void storeThatTakesQuestionsAndNeverAnswersIsGivenUpSoon() {
        server.when(request -> true).neverAnswer().always();
        ObjectStore silent = impatient.open(server.access());

        assertKind(Kind.UNAVAILABLE, () -> silent.folder(BUCKET, "", 10, null)).hasMessageContaining(noAnswer());
        assertKind(Kind.UNAVAILABLE, () -> silent.walk(BUCKET, "")).hasMessageContaining(noAnswer());
        assertKind(Kind.UNAVAILABLE, () -> silent.stat(BUCKET, "a/one")).hasMessageContaining(noAnswer());
        assertKind(Kind.UNAVAILABLE, silent::buckets).hasMessageContaining(noAnswer());
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void storeThatNeverFinishesAnAnswerIsGivenUpSoon() {
        server.on("GET", LISTING).drip(1, Duration.ofMillis(20)).always();
        ObjectStore slow = impatient.open(server.access());

        assertKind(Kind.UNAVAILABLE, () -> slow.folder(BUCKET, "", 10, null)).hasMessageContaining(noAnswer());
    }

    @Test
    void storeThatIsSilentOnceIsAskedAgain() {
        server.on("GET", LISTING).neverAnswer();
        server.on("HEAD", "").neverAnswer();
        ObjectStore silent = impatient.open(server.access());

        assertThat(silent.folder(BUCKET, "a/", 10, null).entries()).hasSize(2);
        assertThat(silent.stat(BUCKET, "a/one").size()).isOne();
    }

    @Test
    void archivedObjectIsToldWithTheStateOfItsRestore() {
        server.put(BUCKET, "archive/cold", new byte[1]);
        server.archive(BUCKET, "archive/cold", "DEEP_ARCHIVE");
        assertThat(store.stat(BUCKET, "archive/cold"))
                .satisfies(object -> assertThat(object.archived()).isTrue());

        server.restoring(BUCKET, "archive/cold");
        assertThat(store.stat(BUCKET, "archive/cold").archived()).isTrue();
        assertThat(store.stat(BUCKET, "archive/cold").restore().isOngoing()).isTrue();

        Instant until = Instant.parse("2036-12-21T00:00:00Z");
        server.restored(BUCKET, "archive/cold", until);
        assertThat(store.stat(BUCKET, "archive/cold").archived()).isFalse();
        assertThat(store.stat(BUCKET, "archive/cold").restore().until()).isEqualTo(until);
    }

    @Test
    void onlyAwsIsAskedForTheStateOfRestores() {
        listed();

        assertThat(server.requests("GET", LISTING).get(0).headers())
                .doesNotContainKey("x-amz-optional-object-attributes");
        assertThat(to(null).isAws()).isTrue();
        assertThat(to("https://s3.eu-west-1.amazonaws.com").isAws()).isTrue();
        assertThat(to("https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com")
                        .isAws())
                .isTrue();
        assertThat(to("https://s3.cn-north-1.amazonaws.com.cn").isAws()).isTrue();
        assertThat(to("https://notamazonaws.com").isAws()).isFalse();
        assertThat(to("https://s3.amazonaws.com.example.org").isAws()).isFalse();
    }

    @Test
    void throttledAttemptsLowerTheClientsLimitAndGoodOnesRaiseIt() {
        try (StoreClient client =
                new SdkClientFactory(ObjectStoreContract.SETTINGS, NetworkPolicy.DEFAULT).apply(server.access())) {
            int before = client.limit().limit();
            server.on("GET", LISTING).answer(200, "SlowDown").times(2);

            try (var lease = new ClientLease(server.access(), client, () -> {})) {
                var listing = new BucketListing(lease, BUCKET, "");
                listing.objects(null, null);
                int lowered = client.limit().limit();
                for (int page = 0; page < 40; page++) {
                    listing.objects(null, null);
                }

                assertThat(lowered).isEqualTo(before / 2);
                assertThat(client.limit().limit()).isEqualTo(lowered + 2);
            }
        }
    }

    private long listed() {
        try (var objects = store.walk(BUCKET, "a/")) {
            return objects.count();
        }
    }

    private static int asked() {
        return server.requests("GET", LISTING).size();
    }

    private static String noAnswer() {
        return server.endpoint() + " did not answer in time";
    }

    private static StoreAccess to(String endpoint) {
        StoreAccess access = server.access();
        return new StoreAccess(
                1L,
                access.region(),
                endpoint == null ? null : java.net.URI.create(endpoint),
                false,
                access.checksums(),
                access.credentials(),
                access.encryption(),
                access.kmsKeyId());
    }

    private static StoreSettings impatientSettings() {
        var settings = ObjectStoreContract.SETTINGS;
        return new StoreSettings(
                settings.connectTimeout(),
                settings.socketTimeout(),
                Duration.ofMillis(300),
                settings.attempts(),
                settings.retryDelay(),
                settings.maxConnections(),
                settings.bufferBytes(),
                settings.bufferWait());
    }
}
