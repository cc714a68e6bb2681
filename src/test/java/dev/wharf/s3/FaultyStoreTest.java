package dev.wharf.s3;

import static dev.wharf.s3.ObjectStoreContract.MIB;
import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static dev.wharf.s3.ObjectStoreContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What writing makes of a store that is overloaded, loses answers, contradicts itself or lies. */
class FaultyStoreTest extends FaultTest {

    @ParameterizedTest
    @CsvSource({
        "PUT,partNumber=,503,SlowDown",
        "PUT,partNumber=,500,InternalError",
        "POST,uploads,503,SlowDown",
        "POST,uploadId=,503,SlowDown",
        "POST,uploadId=,200,InternalError",
        "POST,uploadId=,200,SlowDown",
        "POST,uploadId=,409,ConditionalRequestConflict",
        "HEAD,faults,503,SlowDown",
        "HEAD,faults,500,InternalError"
    })
    void largeWriteOutlastsAnOverloadedStore(String method, String uriPart, int status, String code)
            throws IOException {
        byte[] content = random(9 * MIB);
        faults.on(method, uriPart).answer(status, code).times(2);

        assertThat(write(content).size()).isEqualTo(content.length);

        assertThat(server.get(BUCKET, key)).isEqualTo(content);
        assertNothingStaysBehind();
    }

    @ParameterizedTest
    @CsvSource({
        "503,SlowDown",
        "500,InternalError",
        "502,",
        "504,",
        "429,TooManyRequests",
        "409,ConditionalRequestConflict"
    })
    void smallWriteOutlastsAnOverloadedStore(int status, String code) throws IOException {
        faults.on("PUT", key).answer(status, code == null ? "" : code).times(2);

        write(random(10));

        assertThat(server.get(BUCKET, key)).isEqualTo(random(10));
    }

    @ParameterizedTest
    @CsvSource({"PUT,faults", "POST,uploads", "POST,uploadId=", "HEAD,faults"})
    void writeOutlastsBrokenConnections(String method, String uriPart) throws IOException {
        byte[] content = random(9 * MIB);
        faults.on(method, uriPart).breakOff().times(2);

        write(content);

        assertThat(server.get(BUCKET, key)).isEqualTo(content);
        assertThat(server.uploads(BUCKET)).doesNotContain(key);
        assertThat(ledger.orphans())
                .allSatisfy(lost ->
                        assertThat(lost.uploadId()).as("what may have begun").isNull());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUploadWhoseBeginningWasLostIsRemembered(boolean arrived) throws IOException {
        if (arrived) {
            faults.on("POST", "uploads").loseAnswer();
        } else {
            faults.on("POST", "uploads").answer(503, "SlowDown");
        }

        write(random(9 * MIB));

        assertThat(server.uploads(BUCKET).stream().filter(key::equals)).hasSize(arrived ? 1 : 0);
        assertThat(ledger.orphans()).hasSize(arrived ? 1 : 0);
        store.abortAll(BUCKET, key);
        assertThat(server.uploads(BUCKET)).doesNotContain(key);
    }

    @Test
    void aSmallObjectIsKnownForOursAlthoughNoAnswerEverCame() throws IOException {
        faults.on("PUT", key).loseAnswer().always();

        assertThat(write(random(10)).size()).isEqualTo(10);

        assertThat(server.get(BUCKET, key)).isEqualTo(random(10));
    }

    @ParameterizedTest
    @CsvSource({"PUT,faults", "PUT,partNumber=1", "DELETE,uploadId="})
    void anErrorInsideASuccessIsTakenForAnError(String method, String uriPart) throws IOException {
        faults.on(method, uriPart).answer(200, "InternalError").times(2);

        StagedObject staged = stage(random(9 * MIB));
        write(random(1));
        store.abort(staged);

        assertThat(server.get(BUCKET, key)).isEqualTo(random(1));
        assertNothingStaysBehind();
        assertThat(faults.requests(method, uriPart)).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"GET,list-type=2", "DELETE,uploadId=", "GET,uploads"})
    void otherOperationsOutlastAnOverloadedStore(String method, String uriPart) throws IOException {
        StagedObject staged = stage(random(1));
        faults.on(method, uriPart).answer(503, "SlowDown").times(2);

        assertThat(store.folder(BUCKET, key + "/", 10, null).entries()).isEmpty();
        store.abortAll(BUCKET, key);
        store.abort(staged);

        assertNothingStaysBehind();
    }

    @ParameterizedTest
    @CsvSource({"PUT,partNumber=", "POST,uploads", "POST,uploadId="})
    void writeThatFailsForGoodLeavesNothing(String method, String uriPart) {
        faults.on(method, uriPart).answer(403, "AccessDenied").always();

        assertKind(Kind.DENIED, () -> write(random(9 * MIB)))
                .hasMessageContaining("s3:PutObject on arn:aws:s3:::" + BUCKET + "/" + key);

        assertThat(server.keys(BUCKET)).doesNotContain(key);
        assertNothingStaysBehind();
    }

    @Test
    void lostAnswerToAPutIsStillASuccess() throws IOException {
        faults.on("PUT", key).loseAnswer();

        assertThat(write(random(10)).size()).isEqualTo(10);

        assertThat(faults.requests("PUT", key)).hasSize(2);
    }

    @Test
    void lostAnswerToAPutDoesNotPassForAnothersObjectOfTheSameContent() {
        faults.on("PUT", key).breakOff();
        faults.on("HEAD", key).answerWith(404, Map.of(), "");
        server.put(BUCKET, key, random(10));

        assertKind(Kind.EXISTS, () -> write(random(10)));
    }

    @Test
    void lostAnswerToACompleteIsStillASuccess() throws IOException {
        byte[] content = random(9 * MIB);
        faults.on("POST", "uploadId=").loseAnswer();

        assertThat(write(content).size()).isEqualTo(content.length);

        assertThat(faults.requests("POST", "uploadId=")).hasSizeGreaterThan(1);
        assertThat(server.get(BUCKET, key)).isEqualTo(content);
        assertNothingStaysBehind();
    }

    @Test
    void completeThatFindsNoUploadIsASuccessIfItsObjectIsThere() throws IOException {
        byte[] content = random(10);
        StagedObject staged = stage(content);
        store.commit(staged);
        // As on AWS S3, where nothing is looked at before.
        faults.on("HEAD", key).answerWith(404, Map.of(), "");
        faults.on("POST", "uploadId=").answer(404, "NoSuchUpload");

        assertThat(store.commit(staged).size()).isEqualTo(10);
    }

    @Test
    void completeThatFindsNoUploadAndAnothersObjectFails() throws IOException {
        StagedObject staged = stage(random(10));
        store.abort(staged);
        server.put(BUCKET, key, random(11));
        faults.on("HEAD", key).answerWith(404, Map.of(), "");

        assertKind(Kind.NO_SUCH_UPLOAD, () -> store.commit(staged));
    }

    @Test
    void storesThatMayIgnoreConditionsAreAskedBefore() throws IOException {
        StagedObject staged = stage(random(10));
        server.put(BUCKET, key, random(11));

        assertKind(Kind.EXISTS, () -> store.commit(staged));

        assertThat(faults.requests("POST", "uploadId=")).isEmpty();
        assertThat(server.get(BUCKET, key)).isEqualTo(random(11));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 9 * MIB})
    void successThatIsNoneIsNotBelieved(int size) {
        faults.on("PUT", key + "?x-id=PutObject").answerWith(200, Map.of("ETag", "\"e\""), "");
        faults.on("PUT", key).answerWith(200, Map.of("ETag", "\"e\""), "").always();
        faults.on("POST", "uploadId=").answerWith(200, Map.of(), "<CompleteMultipartUploadResult/>");

        assertKind(Kind.BROKEN, () -> write(random(size))).hasMessageContaining("does not have it");
        assertNothingStaysBehind();
    }

    @Test
    void otherLengthThanWasSentIsTold() {
        faults.on("HEAD", key).after(1).answerWith(200, Map.of("Content-Length", "9", "ETag", "\"e\""), "");

        assertKind(Kind.BROKEN, () -> write(random(10))).hasMessageContaining("sent 10 bytes, and the store holds 9");
    }

    @Test
    void otherContentThanWasSentIsTold() {
        faults.on("HEAD", key).after(1).replaceHeader("ETag", "\"" + "0".repeat(32) + "\"");

        assertKind(Kind.BROKEN, () -> write(random(10))).hasMessageContaining("other bytes");
    }

    @Test
    void etagUnderAKmsKeyProvesNothing() throws IOException {
        faults.on("HEAD", key)
                .after(1)
                .answerWith(
                        200,
                        Map.of(
                                "Content-Length", "10",
                                "ETag", "\"" + "0".repeat(32) + "\"",
                                "x-amz-server-side-encryption", "aws:kms"),
                        "");

        assertThat(write(random(10)).size()).isEqualTo(10);
    }

    @Test
    void otherPartThanWasSentAbortsTheUpload() {
        faults.on("POST", "uploads").leaveOut("x-amz-checksum-algorithm", "none");
        faults.on("PUT", "partNumber=2").replaceHeader("ETag", "\"" + "0".repeat(32) + "\"");

        assertKind(Kind.BROKEN, () -> write(random(9 * MIB))).hasMessageContaining("in part 2");
        assertThat(server.keys(BUCKET)).doesNotContain(key);
        assertNothingStaysBehind();
    }

    @Test
    void encryptionThatIsNotAppliedIsToldBeforeAnythingIsVisible() {
        ObjectStore encrypted = stores.open(ObjectStoreContract.withEncryption(
                faults.access(), StoreAccess.Encryption.KMS, "arn:aws:kms:us-east-1:1:key/k"));
        faults.on("POST", key).replaceHeader("x-amz-server-side-encryption", "");

        assertKind(
                        Kind.REFUSED,
                        () -> encrypted.write(
                                BUCKET, key, ObjectStoreContract.bytes(new byte[1]), OptionalLong.of(1), null))
                .hasMessageContaining("aws:kms")
                .hasMessageContaining(key);

        assertThat(faults.requests("PUT", key)).isEmpty();
        assertThat(faults.requests("POST", key)).isNotEmpty().allSatisfy(request -> assertThat(request.headers())
                .containsEntry("x-amz-server-side-encryption", "aws:kms")
                .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:us-east-1:1:key/k"));
        assertThat(server.keys(BUCKET)).doesNotContain(key);
        assertNothingStaysBehind();
    }

    @Test
    void encryptionThatAnObjectTurnsOutToLackIsTold() {
        ObjectStore encrypted = stores.open(ObjectStoreContract.withEncryption(
                faults.access(), StoreAccess.Encryption.KMS, "arn:aws:kms:us-east-1:1:key/k"));
        faults.on("HEAD", key).after(1).answerWith(200, Map.of("Content-Length", "1", "ETag", "\"e\""), "");

        assertKind(
                        Kind.REFUSED,
                        () -> encrypted.write(
                                BUCKET, key, ObjectStoreContract.bytes(new byte[1]), OptionalLong.of(1), null))
                .hasMessageContaining("aws:kms");
        assertThat(faults.requests("PUT", key)).isNotEmpty().allSatisfy(request -> assertThat(request.headers())
                .containsEntry("x-amz-server-side-encryption", "aws:kms")
                .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:us-east-1:1:key/k"));
    }

    @Test
    void writersWithoutPermissionToLookCanStillWrite() throws IOException {
        faults.on("HEAD", key).answerWith(403, Map.of(), "").always();

        assertThat(write(random(9 * MIB)).size()).isEqualTo(9 * MIB);
    }

    @Test
    void uploadThatCannotBeAbortedStaysInTheLedger() {
        faults.on("PUT", "partNumber=").answer(403, "AccessDenied").always();
        faults.on("DELETE", "uploadId=").answer(403, "AccessDenied").always();

        assertKind(Kind.DENIED, () -> stage(random(1))).hasMessageContaining("s3:PutObject");

        assertThat(ledger.orphans()).singleElement().satisfies(entry -> assertThat(entry.uploadId())
                .isNotNull());
        faults.reset();
        store.abortAll(BUCKET, key);
        assertNothingStaysBehind();
    }

    @Test
    void uploadWhoseBeginWasNeverAnsweredStaysInTheLedger() {
        faults.on("POST", "uploads").loseAnswer().always();

        assertKind(Kind.UNAVAILABLE, () -> stage(random(1)));

        assertThat(ledger.orphans()).singleElement().satisfies(entry -> {
            assertThat(entry.uploadId()).isNull();
            assertThat(entry.key()).isEqualTo(key);
        });
        assertThat(server.uploads(BUCKET)).isNotEmpty().containsOnly(key);
        store.abortAll(BUCKET, key);
        assertThat(server.uploads(BUCKET)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"503,SlowDown", "200,InternalError"})
    void copyOutlastsAnOverloadedStore(int status, String code) throws IOException {
        server.put(BUCKET, key + "-source", random(10));
        ObjectInfo source = store.stat(BUCKET, key + "-source");
        faults.on("PUT", "partNumber=").answer(status, code).times(2);

        store.copy(BUCKET, source.key(), source.etag(), BUCKET, key);

        assertThat(server.get(BUCKET, key)).isEqualTo(random(10));
        assertNothingStaysBehind();
    }

    @ParameterizedTest
    @EnumSource(StoreAccess.Checksums.class)
    void everyBodyCarriesItsMd5OrItsChecksumAndNoneOfTheSdk(StoreAccess.Checksums checksums) throws IOException {
        StoreAccess access = faults.access();
        store = stores.open(new StoreAccess(
                access.connectionId(),
                access.region(),
                access.endpoint(),
                access.pathStyle(),
                checksums,
                access.credentials(),
                access.encryption(),
                access.kmsKeyId()));
        byte[] content = random(9 * MIB);

        write(content);
        store.write(BUCKET, key + "-small", ObjectStoreContract.bytes(random(1)), OptionalLong.of(1), null);

        assertThat(faults.requests("PUT", key)).hasSizeGreaterThanOrEqualTo(3).allSatisfy(request -> assertThat(
                        request.headers())
                .satisfiesAnyOf(
                        headers -> assertThat(headers).containsKey("Content-MD5"),
                        headers -> assertThat(headers).containsKey("x-amz-checksum-crc32c"))
                .doesNotContainKeys("x-amz-trailer", "x-amz-checksum-crc32", "x-amz-sdk-checksum-algorithm"));
        assertThat(read()).isEqualTo(content);
    }

    private void assertNothingStaysBehind() {
        assertThat(server.uploads(BUCKET)).doesNotContain(key);
        assertThat(ledger.orphans()).isEmpty();
    }
}
