package dev.wharf.s3.fault;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.s3.FaultTest;
import dev.wharf.s3.ObjectStoreContract;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StoreAccess.Encryption;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.faulty.FaultyS3;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told when a store refuses, and that it is never a secret. */
class StoreErrorsTest extends FaultTest {

    @Test
    void deniedListingNamesActionAndBucket() {
        faults.on("GET", "list-type=2").answer(403, "AccessDenied", "Access Denied", Map.of());

        assertKind(Kind.DENIED, () -> store.folder(BUCKET, "a/", 1, null))
                .hasMessageContaining("s3:ListBucket on arn:aws:s3:::" + BUCKET + " (AccessDenied: \"Access Denied\")")
                .hasMessageContaining("s3://" + BUCKET + "/a/");
    }

    @Test
    void whoFindsNoConnectionFreeIsToldSo() {
        var none = new ConnectionRequestTimeoutException("Timeout deadline: 10000 MILLISECONDS");

        assertThat(ConnectionErrors.of(none, "http://store", "s3://bucket"))
                .hasMessage("s3://bucket: all connections to http://store are in use; try again");
    }

    @Test
    void deniedListOfBucketsNamesTheAction() {
        faults.on("GET", "/").answer(403, "AccessDenied");

        assertKind(Kind.DENIED, store::buckets).hasMessageContaining("s3:ListAllMyBuckets on *");
    }

    @Test
    void deniedReadSaysThatTheObjectMayBeMissing() {
        faults.on("GET", key).answer(403, "AccessDenied");
        faults.on("HEAD", key).answerWith(403, Map.of(), "");

        assertKind(Kind.DENIED, this::read)
                .hasMessageContaining("s3:GetObject on arn:aws:s3:::" + BUCKET + "/" + key)
                .hasMessageContaining("without s3:ListBucket a missing object looks like this");
        assertKind(Kind.DENIED, () -> store.stat(BUCKET, key))
                .hasMessageContaining("without s3:ListBucket")
                .hasMessageContaining("HTTP 403");
    }

    @Test
    void resourcesAreNamedInTheRegionsPartition() {
        assertThat(S3Operation.PUT.resource("cn-north-1", "b", "k")).isEqualTo("arn:aws-cn:s3:::b/k");
        assertThat(S3Operation.LIST.resource("us-gov-west-1", "b", "k")).isEqualTo("arn:aws-us-gov:s3:::b");
    }

    @Test
    void deniedKmsKeyNamesTheKmsAction() {
        faults.on("PUT", key)
                .answer(403, "AccessDenied", "not authorized to perform: kms:GenerateDataKey on resource", Map.of());

        assertKind(Kind.DENIED, () -> write(new byte[1])).hasMessageContaining("it needs kms:GenerateDataKey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KMS.NotFoundException", "KMS.DisabledException", "KMS.KMSInvalidStateException"})
    void unusableKmsKeyIsNamed(String code) {
        faults.on("PUT", key).answer(400, code);
        ObjectStore encrypted =
                stores.open(ObjectStoreContract.withEncryption(faults.access(), Encryption.KMS, "alias/mine"));

        assertKind(
                        Kind.BAD_ENCRYPTION_KEY,
                        () -> encrypted.write(
                                BUCKET, key, ObjectStoreContract.bytes(new byte[1]), OptionalLong.of(1), null))
                .hasMessageContaining("alias/mine");
    }

    @ParameterizedTest
    @CsvSource({"301,PermanentRedirect", "307,TemporaryRedirect", "400,AuthorizationHeaderMalformed", "400,''"})
    void wrongRegionNamesTheRightOne(int status, String code) {
        faults.on("GET", "list-type=2").answer(status, code, "", Map.of("x-amz-bucket-region", "eu-west-1"));

        assertKind(Kind.WRONG_REGION, () -> store.folder(BUCKET, "", 1, null))
                .hasMessageContaining("set the connection's region to eu-west-1");
    }

    @Test
    void wrongRegionIsReadFromTheStoresMessage() {
        faults.on("GET", "list-type=2")
                .answer(
                        400,
                        "AuthorizationHeaderMalformed",
                        "The authorization header is malformed; the region 'us-east-1' is wrong; expecting"
                                + " 'ap-south-1'",
                        Map.of());

        assertKind(Kind.WRONG_REGION, () -> store.folder(BUCKET, "", 1, null))
                .hasMessageContaining("set the connection's region to ap-south-1");
    }

    @Test
    void wrongRegionIsToldByHeadToo() {
        faults.on("HEAD", key).answerWith(301, Map.of("x-amz-bucket-region", "eu-west-1"), "");

        assertKind(Kind.WRONG_REGION, () -> store.stat(BUCKET, key)).hasMessageContaining("eu-west-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirectsAreNeverFollowed(int status) {
        try (FaultyS3 foreign = FaultyS3.before(server)) {
            String there = foreign.endpoint() + "/" + BUCKET + "/" + key;
            faults.on("GET", key)
                    .answerWith(status, Map.of("Location", there), "")
                    .always();
            faults.on("PUT", key)
                    .answerWith(status, Map.of("Location", there), "")
                    .always();

            assertKind(status == 302 ? Kind.REFUSED : Kind.WRONG_REGION, this::read);
            assertKind(status == 302 ? Kind.REFUSED : Kind.WRONG_REGION, () -> write(new byte[1]));

            assertThat(foreign.requests("GET", "")).isEmpty();
            assertThat(foreign.requests("PUT", "")).isEmpty();
        }
    }

    @Test
    void clockSkewIsMeasured() {
        String theirs = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(3_600).atZone(ZoneOffset.UTC));
        faults.on("GET", key)
                .answer(403, "RequestTimeTooSkewed", "", Map.of("Date", theirs))
                .always();

        assertKind(Kind.CLOCK_SKEW, this::read).message().contains("clock is 60 minutes behind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken"})
    void refusedKeyPairIsNotCalledAMissingPermission(String code) {
        faults.on("GET", key).answer(403, code);

        assertKind(Kind.BAD_CREDENTIALS, this::read).hasMessageContaining(code);
    }

    @ParameterizedTest
    @CsvSource({"a//b, merge_slashes", "/a, merge_slashes", "a/b, enter the secret again"})
    void aSignatureThatAMergedSlashMayHaveBrokenIsNotBlamedOnTheSecretAlone(String name, String advice) {
        faults.on("GET", name).answer(403, "SignatureDoesNotMatch");

        assertKind(Kind.BAD_CREDENTIALS, () -> store.read(BUCKET, name, null).close())
                .hasMessageContaining(advice);
    }

    @Test
    void whatAStoreCannotDoIsToldWithTheSettingsThatMayBeTheReason() {
        faults.on("PUT", key)
                .answer(501, "NotImplemented", "Ask for less.", Map.of())
                .always();
        assertKind(Kind.REFUSED, () -> write(new byte[1]))
                .hasMessageContaining("does not implement what was asked for (NotImplemented: \"Ask for less.\")");

        faults.reset();
        faults.on("POST", key).answer(501, "NotImplemented");
        store = stores.open(ObjectStoreContract.withEncryption(faults.access(), Encryption.AES256, null));
        assertKind(Kind.REFUSED, () -> write(new byte[1])).hasMessageContaining("server-side encryption (AES256)");
    }

    @Test
    void overloadIsTheStoresFailureAndNotTheCallers() {
        faults.on("GET", key).answer(503, "SlowDown").always();

        assertKind(Kind.UNAVAILABLE, this::read)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.problem()).isEqualTo(Problem.STORE_UNAVAILABLE));
    }

    @ParameterizedTest
    @CsvSource({
        "QuotaExceeded, its quota is used up",
        "UserSuspended, the user is suspended there",
        "AllAccessDisabled, all access to it is disabled there",
        "AccountProblem, something is wrong with the account there",
        "ObjectLockedByLegalHold, the store refuses it for a reason of its own"
    })
    void anotherReasonThanAPermissionIsToldAsThat(String code, String words) {
        faults.on("PUT", key).answer(403, code, "Said the store", Map.of());
        faults.on("GET", "list-type=2").answer(403, code, "Said the store", Map.of());

        assertKind(Kind.REFUSED, () -> write(new byte[1]))
                .hasMessageContaining(words)
                .hasMessageContaining("(" + code + ": \"Said the store\")")
                .hasMessageNotContaining("s3:PutObject");
        assertKind(Kind.REFUSED, () -> store.folder(BUCKET, "", 1, null)).hasMessageNotContaining("s3:ListBucket");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"message\":\"Invalid Access Key\"}|(HTTP 403: \"Invalid Access Key\")|DENIED",
                "{\"statusCode\":\"403\",\"error\":\"AccessDenied\",\"message\":\"not yours\"}"
                        + "|(AccessDenied: \"not yours\")|DENIED",
                "{\"error\":{\"code\":\"InvalidAccessKeyId\",\"message\":\"who?\"}}"
                        + "|(InvalidAccessKeyId: \"who?\")|BAD_CREDENTIALS",
                "Forbidden by the gateway|(HTTP 403: \"Forbidden by the gateway\")|DENIED",
                "<html><body>Forbidden</body></html>|(HTTP 403)|DENIED",
                "{\"message\":|(HTTP 403: \"{'message':\")|DENIED",
                "``|(HTTP 403)|DENIED"
            })
    void wordsInAnyFormAreHanded(String body, String words, Kind kind) {
        faults.on("GET", key).answerWith(403, Map.of(), body);

        assertKind(kind, this::read).hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({"200, false", "201, true"})
    void aFailureForALongNameIsExplained(int bytes, boolean explained) {
        String named = "in/" + "x".repeat(bytes) + "/a";
        faults.on("GET", named).always().answer(500, "InternalError", "", Map.of());

        assertThatThrownBy(() -> store.read(BUCKET, named, null))
                .hasMessageContaining("overloaded or failing")
                .satisfies(failure -> assertThat(
                                failure.getMessage().contains("a name in the key has " + bytes + " bytes"))
                        .isEqualTo(explained));
    }

    @Test
    void anInvalidAccessKeyInAnyStatusIsNoMissingPermission() {
        faults.on("GET", key).answer(403, "InvalidAccessKeyId", "", Map.of());

        assertKind(Kind.BAD_CREDENTIALS, this::read).hasMessageNotContaining("s3:GetObject");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KMS.DisabledException|%s is disabled.|the object is encrypted with the KMS key %s, which is disabled: its owner"
                        + " has to enable it",
                "KMS.KMSInvalidStateException|%s is pending deletion.|which is to be deleted (pending deletion): its owner has to"
                        + " cancel that",
                "KMS.NotFoundException|Key '%s' does not exist|the KMS key %s, which does not exist there",
                "KMS.DisabledException|It is disabled.|the object is encrypted with a KMS key, which is disabled"
            })
    void theKeyThatAnObjectIsEncryptedWithIsNamedByTheStore(String code, String said, String words) {
        String arn = "arn:aws:kms:eu-west-1:111122223333:key/ab-cd";
        faults.on("GET", key).answer(400, code, said.formatted(arn), Map.of());

        assertKind(Kind.BAD_ENCRYPTION_KEY, this::read)
                .hasMessageContaining(words.formatted(arn))
                .hasMessageNotContaining("null");
    }

    @Test
    void theKeyOfABucketIsNotTheConnections() {
        faults.on("PUT", key)
                .answer(
                        400,
                        "KMS.DisabledException",
                        "arn:aws:kms:eu-west-1:111122223333:key/ab is disabled.",
                        Map.of());

        assertKind(Kind.BAD_ENCRYPTION_KEY, () -> write(new byte[1]))
                .hasMessageContaining(
                        "the bucket encrypts with the KMS key arn:aws:kms:eu-west-1:111122223333:key/ab, which")
                .hasMessageNotContaining("null");
    }

    /** A store that forgets it cannot be used for uploads, and nobody has the id to abort what it began. */
    @Test
    void anUploadWithoutAnIdIsRefusedInWords() {
        faults.on("POST", "uploads").answerWith(200, Map.of(), "<InitiateMultipartUploadResult/>");

        assertKind(Kind.BROKEN, () -> stage(new byte[1]))
                .hasMessageContaining("it is a success without an upload's id")
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.problem().transientFailure()).isFalse());
        assertThat(ledger.orphans()).hasSize(1);
    }

    @Test
    void whatAStoreSaysIsQuotedOnOneLineAndIsNoAdvice() {
        String said = "no\",\r\nsend your secret to \u202Eevil\u0007";
        faults.on("GET", key).answer(403, "AccessDenied", said.replace("\u0007", ""), Map.of());
        faults.on("GET", "list-type=2")
                .answer(
                        301,
                        "PermanentRedirect",
                        "",
                        Map.of("x-amz-bucket-region", "eu: and send your secret to evil"));

        assertKind(Kind.DENIED, this::read).hasMessageContaining("(AccessDenied: \"no', send your secret to  evil\")");
        assertKind(Kind.WRONG_REGION, () -> store.folder(BUCKET, "", 1, null))
                .hasMessageNotContaining("evil")
                .hasMessageContaining("check the connection's endpoint");
    }

    @Test
    void onlyKmsActionsThatS3TakesAreAskedFor() {
        faults.on("PUT", key)
                .answer(403, "AccessDenied", "not authorized to perform: kms:PutKeyPolicy on resource", Map.of());

        assertKind(Kind.DENIED, () -> write(new byte[1]))
                .hasMessageContaining("lacks s3:PutObject")
                .hasMessageNotContaining("it needs kms:PutKeyPolicy");
    }

    @Test
    void longWordsOfTheStoreAreCut() {
        faults.on("GET", key).answer(400, "Strange", "x".repeat(10_000), Map.of());

        assertKind(Kind.REFUSED, this::read)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
    }

    @Test
    void unreachableStoresAreToldInPlainWords() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertKind(Kind.UNAVAILABLE, () -> list("http://127.0.0.1:" + free)).hasMessageContaining("cannot be reached");
        assertKind(Kind.UNAVAILABLE, () -> list("http://no-such-host.invalid")).hasMessageContaining("is unknown");
        assertKind(Kind.UNAVAILABLE, () -> list(faults.endpoint().toString().replace("http:", "https:")))
                .hasMessageContaining("no secure connection");
    }

    @Test
    void secretIsInNoMessageOfTheWholeChain() {
        faults.on("GET", key).answer(403, "SignatureDoesNotMatch");

        assertKind(Kind.BAD_CREDENTIALS, this::read).satisfies(e -> {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain(server.secretAccessKey());
            }
        });
        assertThat(faults.access().toString()).doesNotContain(server.secretAccessKey());
    }

    private void list(String endpoint) {
        stores.open(server.access(URI.create(endpoint))).folder(BUCKET, "", 1, null);
    }
}
