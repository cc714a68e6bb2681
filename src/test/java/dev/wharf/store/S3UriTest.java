package dev.wharf.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class S3UriTest {

    @Test
    void seedsExampleIsRead() {
        assertThat(S3Uri.parse("s3://3fac-testing/abc/def.csv?connectionId=136"))
                .isEqualTo(new S3Uri("3fac-testing", "abc/def.csv", 136L));
    }

    @Test
    void withoutTheMarkerItIsInBaseStorage() {
        assertThat(S3Uri.parse("s3://bucket/key")).isEqualTo(new S3Uri("bucket", "key", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://bucket",
                "s3://bucket/",
                "s3://bucket/?connectionId=1",
                "s3://bucket?connectionId=1",
            })
    void bucketsRootHasNoKey(String text) {
        assertThat(S3Uri.parse(text).key()).isEmpty();
        assertThat(S3Uri.parse(text).isFolder()).isTrue();
        assertThat(S3Uri.parse(text).bucket()).isEqualTo("bucket");
    }

    @Test
    void wholeConnectionHasNoBucket() {
        assertThat(S3Uri.parse("s3://?connectionId=136")).isEqualTo(new S3Uri("", "", 136L));
        assertThat(S3Uri.parse("s3:///?connectionId=136")).isEqualTo(new S3Uri("", "", 136L));
        assertThat(S3Uri.parse("s3://")).isEqualTo(new S3Uri("", "", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " leading and trailing ",
                "+",
                "%",
                "%2F",
                "%00",
                "a%46",
                "\u65e5\u672c\u8a9e",
                "\ud83d\ude00",
                "\u202ertl",
                "<&>\"'",
                "\\",
                "new\nline",
                "\r",
                "\t",
                "\u0001",
                "?x=1#f",
                ";",
                "${env.PATH}",
                "{{property}}",
                "#{spel}",
                "RAW(x)",
                "..",
                "../x",
                "/abs",
                "/",
                "//",
                "a//b",
                "a/./b",
                "trailing/",
                "_SUCCESS",
                "x_$folder$",
                ".hidden",
                "?connectionId=1?",
                "?connectionId=x",
                "?connectionId=",
                "?connectionid=1",
                "&connectionId=1",
                "?connectionId=-1",
                "?connectionId=1&a=b",
                "?connectionId=1 "
            })
    void keysAreOpaque(String key) {
        for (Long connection : new Long[] {null, 136L}) {
            S3Uri uri = new S3Uri("bucket", key, connection);

            assertThat(S3Uri.parse(uri.toString())).isEqualTo(uri);
        }
    }

    @Test
    void onlyTheLastMarkerIsTheMarker() {
        S3Uri uri = S3Uri.parse("s3://bucket/a?connectionId=1?connectionId=2");

        assertThat(uri).isEqualTo(new S3Uri("bucket", "a?connectionId=1", 2L));
        assertThat(S3Uri.parse(uri.toString())).isEqualTo(uri);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "bucket/key",
                "s3:/bucket/key",
                "s3a://bucket/key",
                "S3://bucket/key",
                "https://bucket.s3.amazonaws.com/key",
                "file:///etc/passwd",
                "s3:///key",
                "s3:///key?connectionId=1",
                "s3://ab/key",
                "s3://../key",
                "s3://.hidden/key",
                "s3://-dash/key",
                "s3://bucket-/key",
                "s3://buc ket/key",
                "s3://buc%6Bet/key",
                "s3://buck\u00e9t/key",
                "s3://user:secret@bucket/key",
                "s3://bucket:9000/key",
                "s3://arn:aws:s3:us-east-1:1:accesspoint/p/key",
                "s3://bucket?connectionId=x",
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> S3Uri.parse(text))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.VALIDATION_FAILED))
                .withMessageStartingWith("uri ");
    }

    @Test
    void bucketsOfOlderAndOtherStoresAreAccepted() {
        for (String bucket : new String[] {"Upper.Case", "under_score", "192.168.0.1", "b".repeat(63)}) {
            assertThat(S3Uri.parse("s3://" + bucket + "/k").bucket()).isEqualTo(bucket);
        }
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> S3Uri.parse("s3://" + "b".repeat(64)));
    }

    @Test
    void keyOf1024BytesIsAcceptedAndOf1025Refused() {
        assertThat(S3Uri.parse("s3://bucket/" + "\u00e9".repeat(512)).key()).hasSize(512);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> S3Uri.parse("s3://bucket/" + "\u00e9".repeat(512) + "x"))
                .withMessageContaining("1024 bytes");
    }

    @Test
    void mistypedConnectionIdIsRefusedRatherThanTakenForAKeyOfBaseStorage() {
        for (String suffix : new String[] {
            "?connectionId=" + "9".repeat(40),
            "?connectionId=abc",
            "?connectionid=7",
            "?connectionId=7&x=1",
            "?connectionId=7 "
        }) {
            assertThatThrownBy(() -> S3Uri.parse("s3://bucket/k" + suffix)).hasMessageStartingWith("uri must end in");
        }
        assertThat(S3Uri.parse("s3://bucket/k?connectionId=" + "9".repeat(18)).connectionId())
                .isEqualTo(999_999_999_999_999_999L);
        assertThat(S3Uri.parse("s3://bucket/k?connectionId=abc?connectionId=7").key())
                .isEqualTo("k?connectionId=abc");
        assertThat(S3Uri.parse("s3://bucket/k?connectionId=abc?connectionId="))
                .hasToString("s3://bucket/k?connectionId=abc?connectionId=");
    }

    @ParameterizedTest
    @CsvSource({"a/b.csv,b.csv,false", "a/b/,b,true", "b.csv,b.csv,false", "a/,a,true", "a//,'',true", "/,'',true"})
    void nameIsTheLastSegment(String key, String name, boolean folder) {
        S3Uri uri = new S3Uri("bucket", key, null);

        assertThat(uri.name()).isEqualTo(name);
        assertThat(uri.isFolder()).isEqualTo(folder);
    }
}
