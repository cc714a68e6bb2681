package dev.wharf.browse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.store.ByteRange;
import dev.wharf.store.ObjectInfo;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileHeadersTest {
    private static final ObjectInfo OBJECT =
            new ObjectInfo("k", 1000, "abc-2", Instant.parse("2026-02-03T04:05:06.789Z"), "STANDARD", false, null);

    private static ObjectInfo with(String etag, Instant lastModified) {
        return new ObjectInfo("k", 1000, etag, lastModified, "STANDARD", false, null);
    }

    @Test
    void theWholeFileIsDescribed() {
        assertThat(FileHeaders.of("a.csv", OBJECT, null))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "content-length", "1000",
                        "content-type", "text/csv",
                        "content-disposition", "attachment; filename=\"a.csv\"; filename*=UTF-8''a.csv",
                        "accept-ranges", "bytes",
                        "etag", "\"abc-2\"",
                        "last-modified", "Tue, 03 Feb 2026 04:05:06 GMT"));
    }

    @Test
    void aPartSaysWhereItIs() {
        assertThat(FileHeaders.of("a.csv", OBJECT, new ByteRange(10, 90)))
                .containsEntry("content-length", "90")
                .containsEntry("content-range", "bytes 10-99/1000");
    }

    @Test
    void whatTheStoreDoesNotTellIsLeftOut() {
        assertThat(FileHeaders.of("a", with("", null), null)).doesNotContainKeys("etag", "last-modified");
        assertThat(FileHeaders.of("a", with("a\"b", Instant.EPOCH), null)).doesNotContainKey("etag");
        assertThat(FileHeaders.of("a", with("a\r\nb: c", Instant.EPOCH), null)).doesNotContainKey("etag");
    }

    @ParameterizedTest
    @CsvSource({
        "a.CSV,text/csv",
        "a.csv.gz,application/gzip",
        "a.html,application/octet-stream",
        "a.svg,application/octet-stream",
        "a.js,application/octet-stream",
        "csv,application/octet-stream",
        ".csv,text/csv",
        "'',application/octet-stream"
    })
    void onlyTypesThatAreDataAreTold(String name, String type) {
        assertThat(FileHeaders.of(name, OBJECT, null)).containsEntry("content-type", type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.csv",
                "with space",
                "quote\"quote",
                "new\r\nline: x",
                "semi;colon=1",
                "日本語 😀.csv",
                "back\\slash",
                "50%",
                "é",
                "\u0001",
                "../up",
                "'"
            })
    void anyNameIsTold(String name) {
        String header = FileHeaders.of(name, OBJECT, null).get("content-disposition");

        assertThat(header).matches("attachment; filename=\"[\\w.-]*\"; filename\\*=UTF-8''[\\w.%-]*");
        String exact = header.substring(header.indexOf("''") + 2);
        assertThat(URLDecoder.decode(exact, StandardCharsets.UTF_8)).isEqualTo(name);
    }
}
