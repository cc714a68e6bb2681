package dev.wharf.s3.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.network.EndpointRules;
import dev.wharf.s3.MemoryLedger;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.ObjectRestore;
import dev.wharf.store.ObjectRestore.Tier;
import dev.wharf.store.ObjectStores;
import dev.wharf.store.Place;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.RouteTest;
import dev.wharf.testing.stub.IamActions;
import dev.wharf.testing.stub.StubS3;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.RestoreObjectRequest;

/** Control operations by {@code aws2-s3:}, each in the store of the place that its request carries. */
class ControlClientTest extends RouteTest {
    private static final String CANARY = "in/${sysenv.HOME} {{x}}+%2F/.wharf-connection-test-1";

    private static StubS3 s3;
    private static StubS3 other;
    private static ObjectStores stores;

    @BeforeAll
    static void start() {
        s3 = StubS3.start("bucket");
        other = StubS3.start("bucket");
        stores = new SdkObjectStores(
                new MemoryLedger(), StoreSettings.defaults(), new EndpointRules(List.of("127.0.0.0/8")));
    }

    @AfterAll
    static void stop() {
        stores.close();
        other.close();
        s3.close();
    }

    @BeforeEach
    void heal() {
        s3.reset();
        s3.keys("bucket").forEach(key -> s3.remove("bucket", key));
        s3.put("bucket", CANARY, new byte[1]);
        other.put("bucket", CANARY, new byte[1]);
    }

    @Override
    protected void bindOutside(Registry registry) {
        registry.bind("aws2-s3", S3Control.component());
        registry.bind("controlRequests", new ControlRequests());
    }

    @Override
    protected String yaml() {
        return """
                - route:
                    id: deleteCanary
                    from:
                      uri: direct:deleteCanary
                      steps:
                        - setBody: {variable: {expression: place}}
                        - convertBodyTo: {type: software.amazon.awssdk.services.s3.model.DeleteObjectRequest}
                        - to: {uri: "aws2-s3:connection", parameters: {operation: deleteObject}}
                - route:
                    id: restore
                    from:
                      uri: direct:restore
                      steps:
                        - convertBodyTo: {type: software.amazon.awssdk.services.s3.model.RestoreObjectRequest}
                        - to: {uri: "aws2-s3:connection", parameters: {operation: restoreObject}}
                - route:
                    id: unconverted
                    from:
                      uri: direct:unconverted
                      steps:
                        - to: {uri: "aws2-s3:connection", parameters: {operation: deleteObject}}
                - route:
                    id: listBuckets
                    from:
                      uri: direct:listBuckets
                      steps:
                        - to: {uri: "aws2-s3:connection", parameters: {operation: listBuckets}}
                """;
    }

    private static Place at(StubS3 server, String key) {
        return new Place(stores.open(server.access(server == s3 ? 1L : 2L)), "bucket", key);
    }

    private Exchange delete(Place place) {
        return template.send("direct:deleteCanary", exchange -> exchange.setVariable("place", place));
    }

    @Test
    void nothingIsSentAtTheStart() {
        assertThat(s3.requests("HEAD", "")).isEmpty();
        assertThat(context.getEndpoints()).isNotEmpty();
    }

    @Test
    void aRequestGoesToTheStoreOfItsPlaceAndTheKeyStaysText() {
        assertThat(delete(at(s3, CANARY)).getException()).isNull();

        assertThat(s3.keys("bucket")).isEmpty();
        assertThat(other.keys("bucket")).containsExactly(CANARY);
        assertThat(delete(at(other, CANARY)).getException()).isNull();
        assertThat(other.keys("bucket")).isEmpty();
    }

    @Test
    void nothingIsDeletedButWhatATestHasPut() {
        s3.put("bucket", "data.csv", new byte[1]);

        assertDenied(delete(at(s3, "data.csv")));
        assertDenied(delete(at(s3, ".wharf-connection-test-1/data.csv")));

        assertThat(s3.keys("bucket")).contains("data.csv");
        assertThat(s3.requests("DELETE", "")).isEmpty();
    }

    private static void assertDenied(Exchange exchange) {
        assertThat(exchange.getException())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
                .hasMessageContaining("nothing is deleted but what a test of a connection has put there");
    }

    @Test
    void aRequestWithoutAPlaceIsSentToNobody() {
        var request = DeleteObjectRequest.builder().bucket("bucket").key(CANARY).build();

        assertThat(template.send("direct:unconverted", exchange -> exchange.getMessage()
                                .setBody(request))
                        .getException())
                .hasMessageContaining("the request is for no place that was opened for a caller");
        assertThat(s3.requests("DELETE", "")).isEmpty();
    }

    @Test
    void headersCannotMakeItAnythingElse() {
        var exchange = template.send("direct:deleteCanary", sent -> {
            sent.setVariable("place", at(s3, CANARY));
            sent.getMessage().setHeaders(Map.of("CamelAwsS3Operation", "deleteBucket"));
        });
        var named = template.send("direct:deleteCanary", sent -> {
            sent.setVariable("place", at(s3, CANARY));
            sent.getMessage().setHeader("CamelAwsS3Key", "another.csv");
            sent.getMessage().setHeader("CamelAwsS3OverrideBucketName", "another");
        });

        assertThat(s3.requests("DELETE", ""))
                .extracting(request -> request.uri())
                .singleElement()
                .asString()
                .contains("/.wharf-connection-test-1");
        assertThat(exchange.getMessage().getBody()).isInstanceOf(DeleteObjectRequest.class);
        assertThat(named.getException()).isNull();
    }

    @Test
    void whatIsStoresIsNotForwarded() {
        assertThat(template.send("direct:listBuckets", exchange -> {}).getException())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anArchivedObjectIsAskedForOnceAndTheAnswersAreToldApart() {
        s3.put("bucket", "old.csv", new byte[1]);
        s3.archive("bucket", "old.csv", "GLACIER");
        var restore = new ObjectRestore(at(s3, "old.csv"), Tier.Bulk, 3);

        assertThat(restore(restore).getException()).isNull();
        assertThat(restore(restore).getException())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RESTORING))
                .hasMessage("s3://bucket/old.csv: a copy of the archived object is being made already");
        assertThat(restore(new ObjectRestore(at(s3, CANARY), Tier.Bulk, 3)).getException())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }

    @Test
    void aKeyPairThatMayNotRestoreIsToldTheActionAndTheResource() {
        s3.when(IamActions.taking("s3:RestoreObject"))
                .answer(403, "AccessDenied")
                .always();

        assertThat(restore(new ObjectRestore(at(s3, "old.csv"), Tier.Standard, 1))
                        .getException())
                .hasMessageContaining("lacks s3:RestoreObject on arn:aws:s3:::bucket/old.csv");
    }

    private Exchange restore(ObjectRestore restore) {
        return template.send("direct:restore", exchange -> exchange.getMessage().setBody(restore));
    }

    @Test
    void tierAndDaysAreThoseThatWereAskedForAndNoDaysWhereTheObjectComesBackForGood() {
        var request = convert(new ObjectRestore(at(s3, "a"), Tier.Expedited, 3));
        assertThat(request.restoreRequest().days()).isEqualTo(3);
        assertThat(request.restoreRequest().glacierJobParameters().tierAsString())
                .isEqualTo("Expedited");
        assertThat(convert(new ObjectRestore(at(s3, "a"), Tier.Bulk, null))
                        .restoreRequest()
                        .days())
                .isNull();
    }

    private RestoreObjectRequest convert(ObjectRestore restore) {
        return context.getTypeConverter().convertTo(RestoreObjectRequest.class, restore);
    }
}
