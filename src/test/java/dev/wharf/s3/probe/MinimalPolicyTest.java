package dev.wharf.s3.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.store.Credentials;
import dev.wharf.store.ProbeRequest.Purpose;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreAccess.Checksums;
import dev.wharf.store.StoreAccess.Encryption;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy that is enough. */
class MinimalPolicyTest {
    private static final String KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    @Test
    void readingNeedsListingAndGettingAndNothingElse() {
        assertThat(Json.write(MinimalPolicy.of(access("eu-west-1", null), "partner", "", Purpose.READ)))
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Sid\":\"ListObjects\",\"Effect\":\"Allow\",\"Action\":[\"s3:ListBucket\"],"
                        + "\"Resource\":\"arn:aws:s3:::partner\"},"
                        + "{\"Sid\":\"UseObjects\",\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\"],"
                        + "\"Resource\":\"arn:aws:s3:::partner/*\"}]}");
    }

    @Test
    void aFolderIsTheOnlyThingThatIsAllowed() {
        JsonNode policy = policy(access("eu-west-1", null), "in/", Purpose.READ);

        assertThat(statement(policy, "ListObjects")
                        .at("/Condition/StringLike/s3:prefix")
                        .asText())
                .isEqualTo("in/*");
        assertThat(statement(policy, "UseObjects").path("Resource").asText()).isEqualTo("arn:aws:s3:::partner/in/*");
    }

    @Test
    void charactersThatMeanSomethingToPoliciesMeanThemselves() {
        JsonNode policy = policy(access("eu-west-1", null), "a*b?c$/", Purpose.READ);

        assertThat(statement(policy, "UseObjects").path("Resource").asText())
                .isEqualTo("arn:aws:s3:::partner/a${*}b${?}c${$}/*");
    }

    @Test
    void writingAddsWhatUploadsInPartsNeed() {
        assertThat(statement(policy(access("eu-west-1", null), "", Purpose.WRITE), "UseObjects")
                        .path("Action"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "s3:GetObject",
                        "s3:PutObject",
                        "s3:DeleteObject",
                        "s3:AbortMultipartUpload",
                        "s3:ListMultipartUploadParts");
    }

    @Test
    void theKeyThatAwsKeepsForS3NeedsNoLeave() {
        StoreAccess base = new StoreAccess(
                null,
                "eu-west-1",
                null,
                false,
                Checksums.WHEN_SUPPORTED,
                new Credentials.DefaultChain(),
                Encryption.KMS,
                null);

        assertThat(Json.write(MinimalPolicy.of(base, "partner", "", Purpose.WRITE)))
                .doesNotContain("kms");
    }

    @Test
    void browsingAllBucketsAddsTheirList() {
        JsonNode statement = statement(policy(access("eu-west-1", null), "", Purpose.BROWSE_ALL), "ListBuckets");

        assertThat(statement.at("/Action/0").asText()).isEqualTo("s3:ListAllMyBuckets");
        assertThat(statement.path("Resource").asText()).isEqualTo("*");
    }

    @ParameterizedTest
    @CsvSource({
        KEY_ARN + ", " + KEY_ARN + ", ''",
        "1234abcd-12ab-34cd-56ef-1234567890ab, arn:aws:kms:eu-west-1:*:key/1234abcd-12ab-34cd-56ef-1234567890ab, ''",
        "alias/mine, arn:aws:kms:eu-west-1:*:key/*, alias/mine",
        "arn:aws:kms:eu-west-2:111122223333:alias/mine, arn:aws:kms:eu-west-2:111122223333:key/*, alias/mine"
    })
    void aKmsKeyIsAllowedInTheFormThatPoliciesTake(String id, String resource, String alias) {
        JsonNode statement = statement(policy(access("eu-west-1", id), "", Purpose.WRITE), "UseKey");

        assertThat(statement.path("Action"))
                .extracting(JsonNode::asText)
                .containsExactly("kms:GenerateDataKey", "kms:Decrypt");
        assertThat(statement.path("Resource").asText()).isEqualTo(resource);
        assertThat(statement
                        .at("/Condition/ForAnyValue:StringEquals/kms:ResourceAliases")
                        .asText())
                .isEqualTo(alias);
    }

    @Test
    void aKeyOfAStoreThatIsNotAwsIsNoPartOfAPolicy() {
        assertThat(policy(access("eu-west-1", "testkey"), "", Purpose.WRITE).toString())
                .doesNotContain("kms", "testkey");
    }

    @Test
    void readingUnderAKmsKeyDecryptsAlone() {
        assertThat(statement(policy(access("eu-west-1", KEY_ARN), "", Purpose.READ), "UseKey")
                        .path("Action"))
                .extracting(JsonNode::asText)
                .containsExactly("kms:Decrypt");
    }

    @Test
    void otherPartitionsHaveTheirOwnArns() {
        assertThat(statement(policy(access("cn-north-1", null), "", Purpose.READ), "ListObjects")
                        .path("Resource")
                        .asText())
                .isEqualTo("arn:aws-cn:s3:::partner");
    }

    @Test
    void withoutABucketThereIsNothingToAllowButTheirList() {
        StoreAccess access = access("eu-west-1", null);

        assertThat(MinimalPolicy.of(access, null, "", Purpose.READ)).isNull();
        assertThat(Json.write(MinimalPolicy.of(access, null, "", Purpose.BROWSE_ALL)))
                .contains("ListAllMyBuckets")
                .doesNotContain("arn:aws:s3");
    }

    private static StoreAccess access(String region, String kmsKeyId) {
        return new StoreAccess(
                1L,
                region,
                null,
                false,
                Checksums.WHEN_SUPPORTED,
                new Credentials.KeyPair("AKIAEXAMPLE", "secret"),
                kmsKeyId == null ? Encryption.NONE : Encryption.KMS,
                kmsKeyId);
    }

    private static JsonNode policy(StoreAccess access, String prefix, Purpose purpose) {
        return Json.read(Json.write(MinimalPolicy.of(access, "partner", prefix, purpose)), JsonNode.class);
    }

    private static JsonNode statement(JsonNode policy, String id) {
        return StreamSupport.stream(policy.path("Statement").spliterator(), false)
                .filter(statement -> statement.path("Sid").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
