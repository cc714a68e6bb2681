package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before a byte moves. */
class PublishRefusalsTest extends PublishingTest {
    private void assertRefused(Map<String, Object> result, String... reason) {
        send(announcement(result));

        assertFailedCleanly(reason);
        assertThat(attempts()).isEqualTo(1);
        assertThat(FAULTS.requests("PUT", folder)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "action, append, append is not possible on S3",
        "action, overwrite, nothing is ever replaced",
        "action, Create, action must be create",
        "format, xlsx, format must be",
        "compression, rar, compression must be",
    })
    void whatS3CannotDoIsRefused(String field, String value, String reason) {
        assertRefused(with(result(path("orders.csv"), source("a.csv")), field, value), reason);
    }

    @Test
    void severalPartFilesAreRefused() {
        assertRefused(result(path("orders.csv"), source("a.csv"), source("b.csv")), "wharf.limits.multi-part-output");
    }

    @Test
    void compressedResultsOfPhotonAreRefused() {
        var result = with(result(path("orders.csv.gz"), source("a.csv.gz")), "compression", "gzip");
        send(with(announcement(result), "execution", "photon"));

        assertFailedCleanly("photon", "compression none", "wharf.limits.compression=true");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://base/trifacta/uploads/1/x.csv, only uploads may fill",
        "s3://base/trifacta/uploads/team/1/1/x.csv, only uploads may fill",
        "s3://base/trifacta/uploads, only uploads may fill",
        "s3://base//trifacta/uploads/x.csv, only uploads may fill",
        "s3://base/trifacta/uploads/, only uploads may fill",
        "s3://target, names no file or folder",
        "s3://target/?connectionId=1, names no file or folder",
        "s3://target///, names no file or folder",
        "https://target.s3.amazonaws.com/x.csv, must be s3://",
        "s3://target/x.csv?connectionId=999999, There is no connection 999999",
    })
    void aPlaceThatIsNotForResultsIsRefused(String path, String reason) {
        List<String> uploads = uploads("base");
        assertRefused(result(path, source("a.csv")), reason);

        assertThat(uploads("base")).isEqualTo(uploads);
    }

    private static List<String> uploads(String bucket) {
        return STORE.keys(bucket).stream()
                .filter(key -> key.contains("uploads"))
                .toList();
    }

    @Test
    void uploadsAreRefusedAlsoThroughAConnectionToTheBucketOfBaseStorage() {
        assertRefused(
                result("s3://base/trifacta/uploads/x.csv?connectionId=" + A, source("a.csv")), "folder of uploads");
    }

    @Test
    void withoutTheRoleDataAdminBaseStorageIsRefusedOutsideOfTheOutputHome() {
        long member = new Api(SERVICE.api(), token(SERVICE))
                .post("/v4/people", Map.of("email", UUID.randomUUID() + "@example.com", "name", "Member"))
                .json()
                .path("personWorkspaceId")
                .asLong();
        var elsewhere = result("s3://base/" + folder + "x.csv", source("a.csv"));
        send(with(announcement(elsewhere), "personWorkspaceId", member));

        assertFailedCleanly("below your own output home, s3://base/trifacta/queryResults/");
        assertThat(FAULTS.requests("PUT", folder)).isEmpty();
    }

    @Test
    void aMessageThatSpeaksForAMemberReadsOfBaseStorageWhatTheyMayRead() {
        STORE.put("base", folder + "secret.csv", new byte[] {'x'});
        String email = UUID.randomUUID() + "@example.com";
        long member = new Api(SERVICE.api(), token(SERVICE))
                .post("/v4/people", Map.of("email", email, "name", "Member"))
                .json()
                .path("personWorkspaceId")
                .asLong();
        var result =
                result("s3://base/trifacta/queryResults/" + email + "/x.csv", "s3://base/" + folder + "secret.csv");
        send(with(announcement(result), "personWorkspaceId", member));

        assertFailedCleanly("Base storage is open to the role dataAdmin only");
    }

    @Test
    void twoResultsInOnePlaceAreRefused() {
        send(announcement(result(path("orders.csv"), source("a.csv")), result(path("orders.csv"), source("b.csv"))));

        assertFailedCleanly("Two results end in s3://target/" + folder);
    }

    @Test
    void aMissingSourceIsRefused() {
        assertRefused(
                result(path("orders.csv"), "s3://tmp/" + folder + "nothing.csv?connectionId=" + A),
                "s3://tmp/" + folder + "nothing.csv: no such object");
    }

    @Test
    void anArchivedSourceIsRefused() {
        String source = source("a.csv");
        FAULTS.on("HEAD", folder + "a.csv").replaceHeader("x-amz-storage-class", "DEEP_ARCHIVE");

        assertRefused(result(path("orders.csv"), source), "archived (DEEP_ARCHIVE)");
    }

    @Test
    void aTargetThatMayNotBeWrittenIsRefused() {
        FAULTS.on("POST", folder).always().answer(403, "AccessDenied");

        assertRefused(result(path("orders.csv"), source("a.csv")), "s3:PutObject", "target/" + folder);
    }

    @Test
    void aFileElsewhereOnTheMachineIsRefusedWhetherItExistsOrNot(@TempDir Path elsewhere) {
        Path file = localFile(elsewhere, "secret");

        assertRefused(result(path("orders.csv"), file.toUri().toString()), "outside the folder of results");
    }

    @ParameterizedTest
    @CsvSource({
        "file:///nonexistent/x.csv, outside the folder of results",
        "file:///etc/passwd, outside the folder of results",
        "file:///, is not the address of a file",
        "file://host/x.csv, is not the address of a file",
        "http://host/x.csv, is not the address of a file",
        "file:///a b.csv, percent-encoded",
    })
    void aSourceThatIsNoneIsRefused(String source, String reason) {
        assertRefused(result(path("orders.csv"), source), reason);
    }

    @Test
    void aWayOutThroughDotsIsRefused(@TempDir Path elsewhere) {
        String outside = RESULTS.relativize(localFile(elsewhere, "secret")).toString();

        assertRefused(result(path("orders.csv"), "file://" + RESULTS + "/" + outside), "outside the folder of results");
    }

    @Test
    void aWayOutThroughASymbolicLinkIsRefused(@TempDir Path elsewhere) throws IOException {
        Path link =
                Files.createSymbolicLink(RESULTS.resolve(UUID.randomUUID() + ".csv"), localFile(elsewhere, "secret"));

        assertRefused(result(path("orders.csv"), link.toUri().toString()), "outside the folder of results");
    }

    @Test
    void anAnnouncementHasNoTemporaryFolder() throws IOException {
        Path jobs = Files.createDirectories(SERVICE.folder().resolve("tmp/jobs/1"));

        assertRefused(
                result(path("orders.csv"), localFile(jobs, "of a run").toUri().toString()),
                "outside the folder of results");
    }

    @Test
    void anOccupiedJobFolderIsRefused() {
        // The test's next job group is not known before: all that may come are occupied.
        FAULTS.on("GET", "list-type=2")
                .rewriteBody(listing -> listing.replace(
                        "</ListBucketResult>",
                        "<Contents><Key>" + listing.replaceAll("(?s).*<Prefix>(.*?)</Prefix>.*", "$1")
                                + "x</Key><LastModified>2024-01-01T00:00:00Z</LastModified>"
                                + "<ETag>\"1\"</ETag><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents>"
                                + "</ListBucketResult>"));

        assertRefused(result(path("orders.csv"), source("a.csv")), "holds objects that are not this job's");
    }

    @Test
    void nothingIsRemovedThatWasThereBefore() {
        STORE.put("target", folder + "orders.csv", "before".getBytes(StandardCharsets.UTF_8));

        send(announcement(with(result(path("orders.csv"), source("a.csv")), "action", "overwrite")));

        awaitEnd("Failed");
        assertThat(written()).containsExactly("orders.csv");
    }
}
