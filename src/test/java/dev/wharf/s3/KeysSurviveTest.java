package dev.wharf.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.api.Query;
import dev.wharf.store.S3Uri;
import dev.wharf.testing.Keys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** Keys are opaque: an address says exactly what it was given, in base storage and in a connection. */
@Domain(Keys.class)
class KeysSurviveTest {
    @Property
    void anAddressIsReadAsItWasWritten(@ForAll String key) {
        for (Long connection : new Long[] {null, 136L}) {
            var uri = new S3Uri("bucket", key, connection);

            assertThat(S3Uri.parse(uri.toString())).isEqualTo(uri);
        }
    }

    @Property
    void anEncodedAddressSurvivesAQuery(@ForAll String key) {
        String uri = new S3Uri("bucket", key, 136L).toString();
        String encoded = URLEncoder.encode(uri, StandardCharsets.UTF_8).replace("+", "%20");

        assertThat(Query.parse("limit=7&uri=" + encoded).get("uri")).contains(uri);
    }

    /** As the original's clients send it: only what would end the value is encoded. */
    @Property
    void aRawAddressSurvivesAQuery(@ForAll String key) {
        String uri = new S3Uri("bucket", key, 136L).toString();
        String escaped = uri.replace("%", "%25").replace("&", "%26");
        String asTheServerReadsIt = new String(escaped.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(Query.parse("uri=" + asTheServerReadsIt).get("uri")).contains(uri);
    }
}
