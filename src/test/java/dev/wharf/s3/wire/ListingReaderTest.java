package dev.wharf.s3.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wharf.store.ObjectInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the listings that stores send, each in its own way. */
class ListingReaderTest {
    /** As in AWS's documentation of ListObjectsV2, put together. */
    private static final String AWS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><Prefix>a/</Prefix>\
            <NextContinuationToken>1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=</NextContinuationToken>\
            <KeyCount>2</KeyCount><MaxKeys>2</MaxKeys><Delimiter>/</Delimiter><EncodingType>url</EncodingType>\
            <IsTruncated>true</IsTruncated>\
            <Contents><Key>a/my+file%20%2B1.csv</Key><LastModified>2009-10-12T17:50:30.000Z</LastModified>\
            <ETag>&quot;fba9dede5f27731c9771645a39863328&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm>\
            <ChecksumType>FULL_OBJECT</ChecksumType><Size>434234</Size><StorageClass>STANDARD</StorageClass>\
            <Owner><ID>852b113e7a2f25102679df27bb0ae12b3f85be6</ID><DisplayName>someone</DisplayName></Owner></Contents>\
            <Contents><Key>a/old</Key><LastModified>2009-10-12T17:50:30.123Z</LastModified>\
            <ETag>&quot;599bab3ed2c697f1d26842727561fd94-2&quot;</ETag><Size>5497558138880</Size>\
            <StorageClass>DEEP_ARCHIVE</StorageClass></Contents>\
            <CommonPrefixes><Prefix>a/b+c/</Prefix></CommonPrefixes><CommonPrefixes><Prefix>a/d/</Prefix></CommonPrefixes>\
            </ListBucketResult>
            """;

    @Test
    void listingOfAwsIsRead() throws Exception {
        ListingPage page = page(AWS);

        assertThat(page.objects())
                .containsExactly(
                        new ObjectInfo(
                                "a/my file +1.csv",
                                434_234,
                                "fba9dede5f27731c9771645a39863328",
                                Instant.parse("2009-10-12T17:50:30Z"),
                                "STANDARD",
                                false,
                                null),
                        new ObjectInfo(
                                "a/old",
                                5L << 40,
                                "599bab3ed2c697f1d26842727561fd94-2",
                                Instant.parse("2009-10-12T17:50:30.123Z"),
                                "DEEP_ARCHIVE",
                                true,
                                null));
        assertThat(page.folders()).containsExactly("a/b c/", "a/d/");
        assertThat(page.nextToken()).isEqualTo("1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=");
    }

    @Test
    void encodingMayBeNamedAtTheEnd() throws Exception {
        String contents =
                "<Contents><Key>a%2Fb+c%2B</Key><Size>1</Size></Contents><CommonPrefixes><Prefix>d%2F</Prefix></CommonPrefixes>";

        ListingPage page = page(listing(contents + "<EncodingType>url</EncodingType>"));

        assertThat(page.objects()).singleElement().extracting(ObjectInfo::key).isEqualTo("a/b c+");
        assertThat(page.folders()).containsExactly("d/");
    }

    @Test
    void keysAreDecodedOnlyIfTheStoreSaysThatTheyAreEncoded() throws Exception {
        String contents = "<Contents><Key>a%2Fb+c&amp;%</Key><Size>1</Size></Contents>";

        assertThat(page(listing(contents)).objects())
                .singleElement()
                .extracting(ObjectInfo::key)
                .isEqualTo("a%2Fb+c&%");
    }

    @Test
    void tokensAreNeverDecoded() throws Exception {
        String more = "<IsTruncated>true</IsTruncated><EncodingType>url</EncodingType>";

        assertThat(page(listing(more + "<NextContinuationToken>a%2F+b</NextContinuationToken>"))
                        .nextToken())
                .isEqualTo("a%2F+b");
    }

    @Test
    void lastPageHasNoToken() throws Exception {
        assertThat(page(listing("")).nextToken()).isNull();
        assertThat(page(listing("<IsTruncated>false</IsTruncated><NextContinuationToken/>"))
                        .nextToken())
                .isNull();
    }

    @Test
    void tokenThatIsMissingIsNotAnEnd() throws Exception {
        assertThat(page(listing("<IsTruncated>true</IsTruncated>")).nextToken()).isEmpty();
    }

    @Test
    void whatAStoreMayLeaveOutCanBeMissing() throws Exception {
        assertThat(page(listing("<Contents><Key>a</Key><Size>7</Size></Contents>"))
                        .objects())
                .containsExactly(new ObjectInfo("a", 7, "", null, "STANDARD", false, null));
        assertThat(page(listing("<Contents><Key>a</Key><ETag/><StorageClass/><LastModified/><Size>7</Size></Contents>"))
                        .objects())
                .containsExactly(new ObjectInfo("a", 7, "", null, "STANDARD", false, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Wed, 09 Nov 2016 16:16:12 GMT",
                "2014-01-15T16:41:49.390270",
                "2024-10-11T13:22:41+0000",
                ":2024-10-11T13:22:41Z",
                "1433809946492",
                "2024-13-41T13:22:41Z",
                ""
            })
    void aTimeInAnotherFormIsNotKnownAndTheRestIs(String time) throws Exception {
        assertThat(page(listing("<Contents><Key>a</Key><LastModified>" + time
                                + "</LastModified><Size>7</Size></Contents>"))
                        .objects())
                .containsExactly(new ObjectInfo("a", 7, "", null, "STANDARD", false, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<Size/>", "<Size>-1</Size>", "<Size>1.5e3</Size>", "<Size>9999999999999999999</Size>"})
    void anObjectOfUnknownSizeIsRefusedByName(String size) {
        assertThatExceptionOfType(MalformedXmlException.class)
                .isThrownBy(() -> read(
                        listing("<Contents><Key>a%20b</Key>" + size + "</Contents><EncodingType>url</EncodingType>")))
                .withMessageContaining("it does not say how large \"a b\" is");
    }

    @ParameterizedTest
    @CsvSource({
        "GLACIER, true, '', true, true",
        "GLACIER, false, 2026-12-21T00:00:00.000Z, false, false",
        "DEEP_ARCHIVE, false, '', true,",
        "STANDARD, false, '', false,",
        "GLACIER_IR, false, '', false,"
    })
    void restoredObjectsAreNotArchived(
            String storageClass, boolean underWay, String until, boolean archived, Boolean ongoing) throws Exception {
        String status = "<RestoreStatus><IsRestoreInProgress>" + underWay + "</IsRestoreInProgress>"
                + (until.isEmpty() ? "" : "<RestoreExpiryDate>" + until + "</RestoreExpiryDate>") + "</RestoreStatus>";

        ObjectInfo object = page(listing("<Contents><Key>a</Key><Size>1</Size><StorageClass>" + storageClass
                        + "</StorageClass>" + status + "</Contents>"))
                .objects()
                .get(0);

        assertThat(object.archived()).isEqualTo(archived);
        assertThat(object.restore() == null ? null : object.restore().isOngoing())
                .isEqualTo(ongoing);
        if (!until.isEmpty()) {
            assertThat(object.restore().until()).isEqualTo(Instant.parse(until));
        }
    }

    @Test
    void errorInsteadOfAListingIsRead() throws Exception {
        assertThat(
                        read(
                                "<?xml version='1.0'?><Error><Code>SlowDown</Code><Message>a &lt; b</Message><HostId/></Error>"))
                .isEqualTo(new ListingReader.Refusal("SlowDown", "a < b"));
        assertThat(read("<Error/>")).isEqualTo(new ListingReader.Refusal("", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html><body>Log in</body></html>|its root is <html>",
                "<ListBucketResult><Contents><Size>1</Size></Contents></ListBucketResult>|has no key",
                "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>%4</Key></Contents></ListBucketResult>"
                        + "|not encoded as the store says",
                "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>%zz</Key></Contents></ListBucketResult>"
                        + "|not encoded as the store says"
            })
    void listingThatMakesNoSenseIsRefusedAndNamed(String document, String reason) {
        assertThatExceptionOfType(MalformedXmlException.class)
                .isThrownBy(() -> read(document))
                .withMessageContaining(reason);
    }

    @Test
    void pageWithoutEndIsGivenUp() {
        assertThatExceptionOfType(MalformedXmlException.class)
                .isThrownBy(() -> read(listing("<Contents><Key>a</Key></Contents>".repeat(10_001))))
                .withMessageContaining("more than 10000 rows");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedListingsAreReadOrRefusedAndNothingElse(long seed) throws IOException {
        var random = new Random(seed);
        byte[] whole = AWS.getBytes(UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = whole.clone();
            for (int count = random.nextInt(4); count >= 0; count--) {
                damaged[random.nextInt(damaged.length)] =
                        random.nextBoolean() ? (byte) random.nextInt() : whole[random.nextInt(whole.length)];
            }
            try {
                assertThat(ListingReader.read(new ByteArrayInputStream(damaged)))
                        .isNotNull();
            } catch (MalformedXmlException e) {
                assertThat(e).hasMessageContaining("at byte");
            }
        }
    }

    private static String listing(String content) {
        return "<ListBucketResult>" + content + "</ListBucketResult>";
    }

    private static ListingPage page(String document) throws IOException, MalformedXmlException {
        return (ListingPage) read(document);
    }

    private static ListingReader.Answer read(String document) throws IOException, MalformedXmlException {
        return ListingReader.read(new ByteArrayInputStream(document.getBytes(UTF_8)));
    }
}
