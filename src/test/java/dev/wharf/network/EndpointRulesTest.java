package dev.wharf.network;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.s3.MemoryLedger;
import dev.wharf.s3.ObjectStoreContract;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ProbeRequest;
import dev.wharf.store.ProbeRow;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.stub.StubS3;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where connections may lead. */
class EndpointRulesTest {
    private static final EndpointRules CLOSED = new EndpointRules(List.of());
    private static final EndpointRules OPEN =
            new EndpointRules(List.of("0.0.0.0/0", "::/0", "127.0.0.0/8", "10.0.0.0/8", "169.254.0.0/16", "fc00::/7"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "0.0.0.0",
                "[::]",
                "224.0.0.1",
                "255.255.255.255",
                "[::ffff:169.254.169.254]",
                "[64:ff9b::a9fe:a9fe]",
                "[::a9fe:a9fe]",
                "100.100.100.200",
                "2852039166",
                "168.63.129.16",
                "192.0.0.192",
                "[fd20:ce::254]",
                "[fd00:c1::a9fe:a9fe]",
                "[fd00:42::42]",
                "[::ffff:168.63.129.16]",
                "[::ffff:0:169.254.169.254]",
                "[2002:a9fe:a9fe::]"
            })
    void metadataAndLinkLocalAddressesAreRefusedWhateverIsAllowed(String host) {
        assertThat(CLOSED.objection(URI.create("http://" + host))).isPresent();
        assertThat(OPEN.objection(URI.create("http://" + host)).orElseThrow()).contains("metadata");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "[::1]",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "[fd12::1]",
                "[::ffff:10.0.0.1]",
                "[64:ff9b::a00:1]",
                "[::ffff:0:127.0.0.1]",
                "[2002:7f00:1::]",
                "[64:ff9b:1::7f00:1]",
                "[2001:0:7f00:1::]",
                "[2001:2::1]",
                "[fec0::1]",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "240.0.0.1",
                "[100::1]",
                "[100:0:0:1::1]",
                "[2001:db8::1]",
                "[3fff::1]",
                "[5f00::1]"
            })
    void privateAddressesAreRefusedUnlessTheyAreAllowed(String host) {
        assertThat(CLOSED.objection(URI.create("http://" + host + ":9000")).orElseThrow())
                .contains("wharf.connections.private-endpoints");
        assertThat(OPEN.objection(URI.create("http://" + host + ":9000"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "168.63.129.17",
                "[2001:4860:4860::8888]",
                "[2002:808:808::1]",
                "[64:ff9b::808:808]",
                "no-such-host.invalid"
            })
    void publicAddressesAndUnknownHostsMayBeRegistered(String host) {
        assertThat(CLOSED.objection(URI.create("https://" + host))).isEmpty();
    }

    @Test
    void aRangeOpensItsOwnAddressesOnly() {
        var rules = new EndpointRules(List.of("10.1.0.0/16", "192.168.7.8/30"));

        assertThat(rules.objection(URI.create("http://10.1.255.1"))).isEmpty();
        assertThat(rules.objection(URI.create("http://10.2.0.1"))).isPresent();
        assertThat(rules.objection(URI.create("http://192.168.7.11"))).isEmpty();
        assertThat(rules.objection(URI.create("http://192.168.7.12"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "host/8", "::/129", "10.0.0/", "example.org/8"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> new EndpointRules(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    /** A name may resolve to something else once it is registered. */
    @Test
    void theRulesHoldWhenAClientConnectsAndNotOnlyWhenAnEndpointIsSaved() {
        try (var server = StubS3.start("bucket");
                var stores = new SdkObjectStores(new MemoryLedger(), ObjectStoreContract.SETTINGS, CLOSED)) {
            ObjectStore store = stores.open(server.access(136L));

            assertKind(Kind.REFUSED, () -> store.folder("bucket", "", 10, null))
                    .hasMessageContaining("wharf.connections.private-endpoints");
            assertThat(server.requests("GET", "")).isEmpty();
        }
    }

    @Test
    void theRulesHoldForAConnectionThatIsOnlyTried() {
        try (var server = StubS3.start("bucket");
                var stores = new SdkObjectStores(new MemoryLedger(), ObjectStoreContract.SETTINGS, CLOSED)) {
            var report = stores.probe(server.access(), new ProbeRequest("bucket", "", true));

            assertThat(report.rows()).noneMatch(row -> row.outcome() == ProbeRow.Outcome.ALLOWED);
            assertThat(server.requests("GET", "")).isEmpty();
            assertThat(server.requests("PUT", "")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aStoreThatSendsUsElsewhereIsNotFollowed(int status) {
        try (var server = StubS3.start("bucket");
                var elsewhere = StubS3.start("bucket");
                var stores = new SdkObjectStores(
                        new MemoryLedger(), ObjectStoreContract.SETTINGS, ObjectStoreContract.LOOPBACK)) {
            server.when(request -> true)
                    .answerWith(status, Map.of("Location", elsewhere.endpoint() + "/bucket/"), "")
                    .always();
            ObjectStore store = stores.open(server.access(136L));

            assertThatThrownBy(() -> store.folder("bucket", "", 10, null)).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> store.stat("bucket", "key")).isInstanceOf(StoreException.class);

            assertThat(elsewhere.requests("GET", "")).isEmpty();
            assertThat(elsewhere.requests("HEAD", "")).isEmpty();
        }
    }
}
