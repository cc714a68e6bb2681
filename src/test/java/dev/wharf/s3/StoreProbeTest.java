package dev.wharf.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.s3.probe.MinimalPolicy;
import dev.wharf.store.Credentials;
import dev.wharf.store.ProbeReport;
import dev.wharf.store.ProbeRequest;
import dev.wharf.store.ProbeRequest.Purpose;
import dev.wharf.store.ProbeRow;
import dev.wharf.store.ProbeRow.Outcome;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreAccess.Checksums;
import dev.wharf.store.StoreAccess.Encryption;
import dev.wharf.testing.faulty.Faults;
import dev.wharf.testing.stub.IamActions;
import dev.wharf.testing.stub.StubHabit;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test of a connection tells of a store that refuses something, and that nothing is left behind. */
class StoreProbeTest {
    private static final String BUCKET = "partner";
    private static final String OBJECT = "in/data.csv";
    private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final StoreAccess WHOEVER = new StoreAccess(
            7L, "us-east-1", null, false, Checksums.WHEN_REQUIRED, new Credentials.Nobody(), Encryption.NONE, null);
    private static final String NOT_AUTHORIZED =
            "User: arn:aws:iam::111122223333:user/partner is not authorized to perform: %1$s on resource: \"%2$s\" because no"
                    + " identity-based policy allows the %1$s action";

    private final Thread prober = Thread.currentThread();
    private final MemoryLedger ledger = new MemoryLedger();
    private final SdkObjectStores stores =
            new SdkObjectStores(ledger, ObjectStoreContract.SETTINGS, ObjectStoreContract.LOOPBACK);
    private StubS3 s3 = StubS3.start(StubOptions.TESTS.checkingSignatures(), BUCKET);

    @BeforeEach
    void fill() {
        s3.put(BUCKET, OBJECT, new byte[] {1, 2, 3});
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(s3.keys(BUCKET)).containsExactly(OBJECT);
        assertThat(s3.uploads(BUCKET)).isEmpty();
        assertThat(ledger.orphans()).isEmpty();
        assertThat(stores.clients()).as("clients that are kept").isZero();
        stores.close();
        s3.close();
    }

    @Test
    void aStoreThatAllowsAllWorks() {
        ProbeReport report = write();

        assertThat(report.works()).isTrue();
        assertThat(report.message()).isEqualTo("The connection works");
        assertThat(report.rows()).allMatch(row -> row.outcome() == Outcome.ALLOWED);
        assertThat(operations(report))
                .containsExactly(
                        "listBuckets",
                        "listObjects",
                        "getObject",
                        "putObject",
                        "conditionalPut",
                        "defaultChecksums",
                        "beginUpload",
                        "partChecksums",
                        "listParts",
                        "listUploads",
                        "abortUpload",
                        "deleteObject");
        assertThat(report.settings().conditionalWrites()).isTrue();
        assertThat(report.settings().checksums()).isEqualTo(Checksums.WHEN_SUPPORTED);
    }

    @Test
    void withoutLeaveToWriteTheBucketIsOnlyRead() {
        ProbeReport report = probe(access(), new ProbeRequest(BUCKET, "", false));

        assertThat(report.works()).isTrue();
        assertThat(row(report, "putObject").outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(row(report, "putObject").message()).contains("write=true");
        assertThat(row(report, "putObject").resource()).isEqualTo("arn:aws:s3:::" + BUCKET + "/*");
        assertThat(s3.requests("PUT", "")).isEmpty();
        assertThat(s3.requests("POST", "")).isEmpty();
        assertThat(s3.requests("DELETE", "")).isEmpty();
    }

    @Test
    void whatIsNotTriedInAFolderNamesTheFolder() {
        ProbeReport report = probe(access(), new ProbeRequest(BUCKET, "in/", false));

        assertThat(row(report, "putObject").resource()).isEqualTo("arn:aws:s3:::" + BUCKET + "/in/*");
    }

    @ParameterizedTest
    @CsvSource({
        "listBuckets,  s3:ListAllMyBuckets,     true",
        "listObjects,  s3:ListBucket,           false",
        "getObject,    s3:GetObject,            false",
        "putObject,    s3:PutObject,            false",
        "beginUpload,  s3:PutObject,            false",
        "abortUpload,  s3:AbortMultipartUpload, false",
        "deleteObject, s3:DeleteObject,         true"
    })
    void aDeniedActionIsNamedWithItsResource(String operation, String action, boolean works) {
        s3.when(asked(operation))
                .answer(403, "AccessDenied", NOT_AUTHORIZED.formatted(action, "arn:aws:s3:::" + BUCKET), Map.of())
                .always();

        ProbeReport report = write();

        ProbeRow row = row(report, operation);
        assertThat(row.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(row.action()).isEqualTo(action);
        assertThat(row.resource())
                .startsWith(
                        operation.equals("listBuckets")
                                ? "*"
                                : operation.equals("listObjects")
                                        ? "arn:aws:s3:::" + BUCKET
                                        : "arn:aws:s3:::" + BUCKET + "/");
        assertThat(row.message()).contains(action + " on " + row.resource()).contains("AccessDenied");
        assertThat(report.works()).isEqualTo(works);
        assertThat(report.message())
                .isEqualTo(works ? "The connection works; worth reading: " + operation : row.message());
    }

    static Stream<Arguments> policies() {
        return Stream.of(Purpose.values())
                .flatMap(purpose -> actions(purpose).stream().map(action -> Arguments.of(purpose, action)));
    }

    /** What the policy asks for is missed, in the rows that need it and in no others; and nothing else is asked for. */
    @ParameterizedTest
    @MethodSource("policies")
    void eachActionOfThePolicyIsMissedByTheRowsThatNeedIt(Purpose purpose, String action) {
        var request = new ProbeRequest(BUCKET, "", purpose == Purpose.WRITE, purpose);
        Set<String> needing = probe(access(), request).rows().stream()
                .filter(row -> action.equals(row.action()) && row.outcome() == Outcome.ALLOWED)
                .map(ProbeRow::operation)
                .collect(Collectors.toSet());
        s3.when(IamActions.taking(action))
                .answer(403, "AccessDenied", "Access Denied", Map.of())
                .always();

        ProbeReport report = probe(access(), request);

        List<ProbeRow> denied = report.rows().stream().filter(ProbeRow::failed).toList();
        assertThat(denied).isNotEmpty().allMatch(row -> row.outcome() == Outcome.DENIED && action.equals(row.action()));
        assertThat(needing).containsAll(denied.stream().map(ProbeRow::operation).toList());
        assertThat(report.rows())
                .filteredOn(row -> needing.contains(row.operation()))
                .noneMatch(row -> row.outcome() == Outcome.ALLOWED);
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void withThePolicyAloneEverythingThatIsNeededIsAllowed(Purpose purpose) {
        List<String> allowed = actions(purpose);
        s3.when(request -> allowed.stream()
                        .noneMatch(action -> IamActions.taking(action).test(request)))
                .answer(403, "AccessDenied")
                .always();

        ProbeReport report = probe(access(), new ProbeRequest(BUCKET, "", purpose == Purpose.WRITE, purpose));

        assertThat(report.works()).as(report.message()).isTrue();
        assertThat(report.rows()).filteredOn(ProbeRow::needed).allMatch(row -> row.outcome() == Outcome.ALLOWED);
    }

    @Test
    void writingIsNotNeededByWhoOnlyReads() {
        s3.when(IamActions.taking("s3:PutObject")).answer(403, "AccessDenied").always();

        ProbeReport tried = probe(access(), new ProbeRequest(BUCKET, "", true, Purpose.READ));
        ProbeReport untried = probe(access(), new ProbeRequest(BUCKET, "", false, Purpose.READ));

        assertThat(tried.works()).as(tried.message()).isTrue();
        assertThat(row(tried, "putObject").outcome()).isEqualTo(Outcome.DENIED);
        assertThat(row(tried, "putObject").needed()).isFalse();
        assertThat(row(untried, "putObject").needed()).isFalse();
        assertThat(row(probe(access(), new ProbeRequest(BUCKET, "", false, Purpose.WRITE)), "putObject")
                        .needed())
                .isTrue();
    }

    @Test
    void anObjectThatWasListedIsDeniedAndNotMissing() {
        s3.when(IamActions.taking("s3:GetObject"))
                .answer(403, "AccessDenied", "Access Denied", Map.of())
                .always();

        assertThat(row(write(), "getObject").message())
                .endsWith("lacks s3:GetObject on arn:aws:s3:::" + BUCKET + "/" + OBJECT
                        + " (AccessDenied: \"Access Denied\")");
    }

    /** As Ceph answers a wrong secret where its STS is on. */
    @Test
    void whereAllIsDeniedTheKeyPairIsLookedAtFirst() {
        s3.when(request -> true).answer(403, "AccessDenied").always();

        for (boolean write : List.of(true, false)) {
            ProbeReport report = probe(access(), new ProbeRequest(BUCKET, "", write));

            assertThat(report.works()).isFalse();
            assertThat(report.message())
                    .contains("check the access key id and the secret first")
                    .doesNotContain("s3:ListBucket");
            assertThat(report.rows().get(0).operation()).isEqualTo("keyPair");
            assertThat(row(report, "listObjects").outcome()).isEqualTo(Outcome.DENIED);
            assertThat(row(report, "listObjects").message()).startsWith("Denied, as all else is");
        }
    }

    @Test
    void aStoreThatCannotListUploadsIsUsedWithoutThat() {
        s3.on("GET", "uploads").answer(404, "").always();
        s3.on("GET", "uploadId=").answer(501, "NotImplemented").always();

        ProbeReport report = write();

        assertThat(report.works()).as(report.message()).isTrue();
        assertThat(row(report, "listUploads").outcome()).isEqualTo(Outcome.WRONG);
        assertThat(row(report, "listUploads").message()).contains("lifecycle rule");
        assertThat(row(report, "abortUpload").outcome()).isEqualTo(Outcome.ALLOWED);
    }

    private static List<String> actions(Purpose purpose) {
        var policy = Json.read(Json.write(MinimalPolicy.of(WHOEVER, BUCKET, "", purpose)), JsonNode.class);
        return policy.path("Statement").findValues("Action").stream()
                .flatMap(actions -> StreamSupport.stream(actions.spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void bareDenialsOfWritingUnderAKmsKeyNameItsActionsAsWell() {
        s3.when(asked("putObject"))
                .answer(403, "AccessDenied", "Access Denied", Map.of())
                .always();

        assertThat(row(probe(kms(), writing("")), "putObject").message())
                .contains("s3:PutObject on")
                .contains("kms:GenerateDataKey and kms:Decrypt on " + KEY);
    }

    @ParameterizedTest
    @CsvSource({"putObject, kms:GenerateDataKey", "getObject, kms:Decrypt", "encryptedUpload, kms:Decrypt"})
    void aDeniedKmsActionIsNamedWithTheKey(String operation, String action) {
        s3.when(asked(operation))
                .answer(403, "AccessDenied", NOT_AUTHORIZED.formatted(action, KEY), Map.of())
                .always();

        ProbeRow row = row(probe(kms(), writing("")), operation);

        assertThat(row.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(row.action()).isEqualTo(action);
        assertThat(row.resource()).isEqualTo(KEY);
    }

    @Test
    void aKmsKeyIsTriedWithAnUploadInParts() {
        ProbeReport report = probe(kms(), writing(""));

        assertThat(report.works()).isTrue();
        assertThat(row(report, "encryptedUpload").outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(row(report, "encryptedUpload").resource()).isEqualTo(KEY);
        assertThat(row(report, "putObject").message()).contains("aws:kms");
    }

    @Test
    void aStoreThatForgetsToEncryptIsWrong() {
        s3.on("PUT", ".wharf-connection-test-")
                .replaceHeader("x-amz-server-side-encryption", "none")
                .always();
        s3.on("HEAD", ".wharf-connection-test-")
                .replaceHeader("x-amz-server-side-encryption", "none")
                .always();

        ProbeRow row = row(probe(kms(), writing("")), "putObject");

        assertThat(row.outcome()).isEqualTo(Outcome.WRONG);
        assertThat(row.message()).contains("has not applied server-side encryption aws:kms");
    }

    @Test
    void withoutAnyBucketTheListOfBucketsIsNeeded() {
        s3.when(asked("listBuckets")).answer(403, "AccessDenied").always();

        ProbeReport report = probe(access(), new ProbeRequest(null, "", true));

        assertThat(report.works()).isFalse();
        assertThat(report.rows()).hasSize(1);
        assertThat(report.message())
                .contains("s3:ListAllMyBuckets on *")
                .contains("without it and without a default bucket S3 cannot be browsed");
    }

    @Test
    void whereOnlyAFolderIsAllowedItIsTriedInside() {
        s3.when(asked("listObjects").and(request -> !request.uri().contains("prefix=in%2F")))
                .answer(403, "AccessDenied")
                .always();
        s3.when(request -> request.uri().contains(".wharf-") && !request.uri().startsWith("/" + BUCKET + "/in/."))
                .answer(403, "AccessDenied")
                .always();

        ProbeReport report = probe(access(), writing("in/"));

        assertThat(report.works()).as(report.message()).isTrue();
        assertThat(row(report, "listObjects").message()).contains("Only this folder");
        assertThat(row(report, "getObject").key()).isEqualTo(OBJECT);
        assertThat(row(report, "putObject").key()).startsWith("in/.wharf-connection-test-");
    }

    @Test
    void anEmptyFolderIsReadByWhatIsWrittenIntoIt() {
        ProbeReport report = probe(access(), writing("empty/"));

        assertThat(row(report, "getObject").outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(row(report, "getObject").key()).startsWith("empty/.wharf-");
        assertThat(row(probe(access(), new ProbeRequest(BUCKET, "empty/", false)), "getObject")
                        .outcome())
                .isEqualTo(Outcome.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "301, PermanentRedirect, ''",
        "307, TemporaryRedirect, ''",
        "400, AuthorizationHeaderMalformed, the region 'us-east-1' is wrong; expecting 'eu-west-1'"
    })
    void aWrongRegionIsToldWithTheRightOne(int status, String code, String message) {
        s3.on("GET", "list-type=2")
                .answer(
                        status,
                        code,
                        message,
                        message.isEmpty() ? Map.of("x-amz-bucket-region", "eu-west-1") : Map.of())
                .always();

        ProbeReport report = write();

        assertThat(report.works()).isFalse();
        assertThat(row(report, "listObjects").outcome()).isEqualTo(Outcome.WRONG);
        assertThat(report.message()).contains("set the connection's region to eu-west-1");
        assertThat(report.settings().region()).isEqualTo("eu-west-1");
        assertThat(row(report, "putObject").outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void aMissingBucketEndsTheTest() {
        ProbeReport report = probe(access(), new ProbeRequest("no-such-bucket", "", true));

        assertThat(report.message()).isEqualTo("s3://no-such-bucket: the bucket does not exist");
        assertThat(row(report, "putObject").outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(s3.requests("PUT", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, -20})
    void clocksThatDifferAreToldInMinutes(int ahead) {
        s3.when(request -> true).replaceHeader("Date", date(-ahead)).always();

        ProbeReport report = write();

        assertThat(report.works()).isTrue();
        assertThat(row(report, "clock").message())
                .contains("20 minutes " + (ahead > 0 ? "ahead of" : "behind"))
                .contains("set the clock");
        assertThat(report.settings().clockSkewMinutes()).isEqualTo(ahead);
    }

    @Test
    void aRefusalForTheTimeSaysWhoseClockToSet() {
        s3.when(request -> true)
                .answer(403, "RequestTimeTooSkewed", "", Map.of("Date", date(20)))
                .always();

        ProbeReport report = write();

        assertThat(report.works()).isFalse();
        assertThat(report.message())
                .contains("this service's clock is 20 minutes behind")
                .contains("set the clock of");
        assertThat(report.rows().stream().filter(row -> row.outcome() == Outcome.SKIPPED))
                .hasSize(report.rows().size() - 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken"})
    void aRefusedKeyPairIsSaidOnce(String code) {
        s3.when(request -> true).answer(403, code).always();

        ProbeReport report = write();

        assertThat(report.message())
                .contains(Map.of(
                                "InvalidAccessKeyId",
                                "does not know the access key id",
                                "SignatureDoesNotMatch",
                                "the secret does not belong to the access key id",
                                "ExpiredToken",
                                "it has expired")
                        .get(code));
        assertThat(report.rows().stream().filter(ProbeRow::failed)).hasSize(1);
        assertThat(report.toString()).doesNotContain(s3.secretAccessKey());
    }

    @ParameterizedTest
    @CsvSource({"400, InvalidRequest", "403, SignatureDoesNotMatch", "501, NotImplemented", "500, InternalError"})
    void aStoreThatRefusesTheSdksChecksumsIsToldWithTheSettingToChoose(int status, String code) {
        s3.when(StoreProbeTest::hasChecksum).answer(status, code).always();

        ProbeReport report = write();

        assertThat(report.works()).as(report.message()).isTrue();
        assertThat(row(report, "defaultChecksums").outcome()).isEqualTo(Outcome.WRONG);
        assertThat(row(report, "defaultChecksums").message()).contains("params.checksums=WHEN_REQUIRED");
        assertThat(report.settings().checksums()).isEqualTo(Checksums.WHEN_REQUIRED);
        assertThat(row(report, "beginUpload").outcome()).isEqualTo(Outcome.ALLOWED);
    }

    static Stream<Arguments> whatStoresMakeOfPartChecksums() {
        return Stream.of(
                Arguments.of(Set.of(), "CRC-32C is checked and kept"),
                Arguments.of(Set.of(StubHabit.COMPOSES_CHECKSUMS), "CRC-32C is checked and kept"),
                Arguments.of(Set.of(StubHabit.TAKES_ANY_CHECKSUM), "taken without a look: uploads go with their MD5"),
                Arguments.of(Set.of(StubHabit.IGNORES_CHECKSUMS), "not kept: uploads go with their MD5"),
                Arguments.of(Set.of(StubHabit.REFUSES_CHECKSUMS), "refused: uploads go with their MD5"));
    }

    @ParameterizedTest
    @MethodSource("whatStoresMakeOfPartChecksums")
    void whatAStoreMakesOfChecksumsIsTold(Set<StubHabit> habits, String words) {
        s3.close();
        s3 = StubS3.start(StubOptions.TESTS.with(habits), BUCKET);
        fill();

        ProbeReport report = write();

        assertThat(report.works()).as(report.message()).isTrue();
        assertThat(row(report, "partChecksums").outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(row(report, "partChecksums").message()).contains(words);
    }

    @Test
    void aStoreThatIgnoresConditionsIsTold() {
        s3.close();
        s3 = StubS3.start(StubOptions.TESTS.ignoringConditions(), BUCKET);
        fill();

        ProbeReport report = write();

        assertThat(report.works()).isTrue();
        assertThat(row(report, "conditionalPut").outcome()).isEqualTo(Outcome.WRONG);
        assertThat(row(report, "conditionalPut").message()).contains("ignores If-None-Match");
        assertThat(report.settings().conditionalWrites()).isFalse();
    }

    @Test
    void aStoreThatRefusesConditionsIsToldAndWorks() {
        s3.close();
        s3 = StubS3.start(StubOptions.TESTS.with(StubHabit.SWIFT), BUCKET);
        fill();

        ProbeReport report = write();

        assertThat(report.works()).as(report.message()).isTrue();
        assertThat(row(report, "conditionalPut").message()).contains("refuses If-None-Match");
        assertThat(report.settings().conditionalWrites()).isFalse();
    }

    @Test
    void whatMayNotBeRemovedIsNotPut() {
        s3.when(asked("deleteObject")).answer(403, "AccessDenied").always();

        ProbeReport report = write();

        assertThat(s3.requests("PUT", "")).allMatch(part -> part.uri().contains("uploadId="));
        assertThat(row(report, "beginUpload").outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(row(report, "abortUpload").outcome()).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void inABucketWithVersionsNoneStays() {
        s3.when(asked("deleteObject"))
                .answerWith(204, Map.of("x-amz-delete-marker", "true", "x-amz-version-id", "marker"), "");
        s3.when(asked("putObject")).replaceHeader("x-amz-version-id", "v1").always();

        ProbeReport report = write();

        assertThat(row(report, "deleteObject").outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(s3.requests("DELETE", "versionId=marker")).hasSize(1);
        assertThat(s3.requests("DELETE", "versionId=v1")).isNotEmpty();
        assertThat(s3.requests("DELETE", "wharf-connection-test").stream().filter(asked("deleteObject")))
                .as("no further marker")
                .filteredOn(request -> !request.uri().contains("versionId="))
                .hasSize(1);
    }

    @Test
    void versionsThatMayNotBeRemovedAreHiddenAndSaid() {
        s3.when(asked("putObject")).replaceHeader("x-amz-version-id", "v1").always();
        s3.on("DELETE", "versionId=").answer(403, "AccessDenied").always();

        assertThat(row(write(), "deleteObject").message()).contains("only s3:DeleteObjectVersion removes those");
    }

    @Test
    void whatMayBeNeitherAbortedNorRemovedIsNotBegun() {
        s3.on("DELETE", "").answer(403, "AccessDenied").always();

        ProbeReport report = probe(kms(), writing(""));

        assertThat(s3.requests("PUT", "")).isEmpty();
        assertThat(s3.requests("POST", "")).isEmpty();
        assertThat(row(report, "abortUpload").outcome()).isEqualTo(Outcome.DENIED);
        assertThat(row(report, "beginUpload").outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void aPartUnderAKmsKeyThatMayNotBeRemovedIsAborted() {
        s3.when(asked("deleteObject")).answer(403, "AccessDenied").always();

        ProbeReport report = probe(kms(), writing(""));

        assertThat(row(report, "encryptedUpload").outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(row(report, "encryptedUpload").message()).contains("not completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"putObject", "beginUpload"})
    void aLostAnswerLeavesNothingBehind(String operation) {
        s3.when(asked(operation)).loseAnswer().always();

        ProbeReport report = write();

        assertThat(report.works()).isFalse();
        assertThat(row(report, operation).outcome()).isEqualTo(Outcome.WRONG);
        // Of an upload whose id was lost the reaper makes sure once more.
        ledger.orphans().stream().filter(entry -> entry.uploadId() == null).forEach(entry -> ledger.ended(entry.id()));
    }

    @Test
    void uploadsOfAKeyPairThatIsNotRegisteredAreNotLeftToTheReaper() {
        s3.when(asked("abortUpload")).answer(403, "AccessDenied").always();
        s3.when(asked("encryptedUpload")).answer(403, "AccessDenied").always();

        ProbeRow row = row(probe(s3.access(), writing("")), "abortUpload");

        assertThat(row.message()).contains("may be left behind");
        assertThat(ledger.orphans()).isEmpty();
        s3.reset();
        stores.open(s3.access()).abortAll(BUCKET, row.key());
        stores.close();
    }

    @Test
    void whatCannotBeRemovedAfterAllIsNamed() {
        s3.when(asked("deleteObject")).answer(403, "AccessDenied").after(1).always();

        ProbeReport report = write();
        ProbeRow row = row(report, "deleteObject");

        assertThat(row.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(row.message()).contains("s3://" + BUCKET + "/" + row.key() + " may be left behind");
        assertThat(report.left()).isEqualTo(row.key());
        assertThat(s3.keys(BUCKET)).contains(report.left());
        s3.remove(BUCKET, row.key());
    }

    @Test
    void anInterruptedTestTidiesUp() {
        s3.when(asked("putObject").and(request -> {
                    prober.interrupt();
                    return true;
                }))
                .delay(Duration.ofMillis(1))
                .always();

        ProbeReport report = write();

        assertThat(Thread.interrupted()).as("interrupted still").isTrue();
        assertThat(report.works()).isFalse();
        assertThat(report.rows()).anyMatch(row -> row.message().contains("interrupted"));
    }

    private static String date(int minutesAhead) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(60L * minutesAhead).atZone(ZoneOffset.UTC));
    }

    private static boolean hasChecksum(Faults.Request request) {
        return request.method().equals("PUT")
                && (request.headers().containsKey("x-amz-trailer")
                        || request.headers().keySet().stream()
                                .anyMatch(name -> name.toLowerCase().startsWith("x-amz-checksum")));
    }

    private static Predicate<Faults.Request> asked(String operation) {
        return request -> {
            String uri = request.uri();
            boolean ofUpload = uri.contains("uploadId=");
            return switch (operation) {
                case "listBuckets" -> uri.equals("/") || uri.startsWith("/?");
                case "listObjects" -> uri.contains("list-type=2");
                case "getObject" -> request.method().equals("GET") && uri.startsWith("/" + BUCKET + "/in/");
                case "putObject" -> request.method().equals("PUT") && !ofUpload;
                case "beginUpload" -> request.method().equals("POST") && !ofUpload;
                case "encryptedUpload" -> request.method().equals("PUT") && ofUpload;
                case "abortUpload" -> request.method().equals("DELETE") && ofUpload;
                case "deleteObject" -> request.method().equals("DELETE") && !ofUpload;
                default -> throw new IllegalArgumentException(operation);
            };
        };
    }

    /** A registered connection's, so that its uploads are in the ledger. */
    private StoreAccess access() {
        StoreAccess base = s3.access();
        return new StoreAccess(
                7L,
                base.region(),
                base.endpoint(),
                base.pathStyle(),
                base.checksums(),
                base.credentials(),
                base.encryption(),
                base.kmsKeyId());
    }

    private StoreAccess kms() {
        return ObjectStoreContract.withEncryption(access(), Encryption.KMS, KEY);
    }

    private ProbeReport write() {
        return probe(access(), writing(""));
    }

    private static ProbeRequest writing(String prefix) {
        return new ProbeRequest(BUCKET, prefix, true);
    }

    private ProbeReport probe(StoreAccess access, ProbeRequest request) {
        return stores.probe(access, request);
    }

    private static ProbeRow row(ProbeReport report, String operation) {
        return report.rows().stream()
                .filter(row -> row.operation().equals(operation))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError(operation + " is not among " + report.rows()));
    }

    private static List<String> operations(ProbeReport report) {
        return report.rows().stream().map(ProbeRow::operation).toList();
    }
}
