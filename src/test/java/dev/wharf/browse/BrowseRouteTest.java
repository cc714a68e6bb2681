package dev.wharf.browse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.browse.RestoreReport.Status;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.http.stream.StoreAdmission;
import dev.wharf.s3.control.ControlRequests;
import dev.wharf.s3.control.S3Control;
import dev.wharf.store.Control;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.Admissions;
import dev.wharf.testing.MemoryAnswer;
import dev.wharf.testing.MemoryStore;
import dev.wharf.testing.RouteTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** Which way a request to look around takes, and how archived objects are asked for one after the other. */
class BrowseRouteTest extends RouteTest {
    private static final Caller CALLER = new Caller(1, 1, 1, "a@example.com", Set.of());

    private final List<String> called = new ArrayList<>();
    private final Archive store = new Archive();

    /** Takes note of what it is asked for. */
    private static final class Archive extends MemoryStore {
        private final List<String> restored = new ArrayList<>();
        private Consumer<String> refusal = key -> {};
        private int looked;
        private int open;

        @Override
        public ObjectInfo stat(String bucket, String key) {
            looked++;
            return super.stat(bucket, key);
        }

        @Override
        public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
            open++;
            return super.walk(bucket, prefix, order).onClose(() -> open--);
        }

        @Override
        public <T> T control(Control<T> control) {
            assertThat(control.kind()).isEqualTo(Control.Kind.RESTORE);
            refusal.accept(control.key());
            restored.add(control.bucket() + "/" + control.key());
            return null;
        }
    }

    /** Stands for the services that show places; public for Camel to call. */
    public final class Shown {
        private final String name;

        Shown(String name) {
            this.name = name;
        }

        public void list(Caller caller, Query query) {
            called.add(name + " list");
        }

        public void find(Caller caller, Query query, Answer answer) {
            called.add(name + " find");
        }

        public void stream(Caller caller, Query query, Answer answer) {
            called.add(name + " stream");
        }

        public void read(Caller caller, Query query, RequestHead head, Answer answer) {
            called.add(name + " read");
        }

        public void send(Caller caller, Query query, RequestHead head, Answer answer) {
            called.add(name + " send");
        }
    }

    BrowseRouteTest() {
        super("browse");
    }

    @Override
    protected void bindOutside(Registry registry) {
        List.of("browser", "search", "downloads", "archives").forEach(name -> registry.bind(name, new Shown(name)));
        registry.bind("storeAdmission", new StoreAdmission(Admissions.onConnection(1)));
        registry.bind("restores", new Restores(store));
        registry.bind("aws2-s3", S3Control.component());
        registry.bind("controlRequests", new ControlRequests());
    }

    private Exchange send(String route, Consumer<Exchange> request) {
        return template.request("direct:" + route, exchange -> {
            exchange.setVariable("caller", CALLER);
            exchange.setVariable("query", Query.parse(""));
            exchange.setVariable("answer", new MemoryAnswer());
            request.accept(exchange);
        });
    }

    @Test
    void linesAreSentToWhoAsksForThemAndElseAPage() {
        show("vfsList", "application/json");
        show("vfsList", "application/x-ndjson");
        show("vfsSearch", null);
        show("vfsSearch", "application/x-ndjson");
        show("vfsRead", null);
        show("vfsArchive", null);

        assertThat(called)
                .containsExactly(
                        "browser list",
                        "browser stream",
                        "search find",
                        "search stream",
                        "downloads read",
                        "archives send");
    }

    private void show(String route, String mediaType) {
        var answer = send(route, request -> request.setVariable("mediaType", mediaType));
        assertThat(answer.getException()).isNull();
    }

    private Exchange restore(String... keys) {
        var uris = Stream.of(keys)
                .map(key -> "\"s3://bucket/" + key + "?connectionId=7\"")
                .toList();
        return send("vfsRestore", request -> request.getMessage().setBody("{\"uris\":" + uris + "}"));
    }

    private static RestoreReport report(Exchange answer) {
        return answer.getMessage().getBody(RestoreReport.class);
    }

    @Test
    void objectsAreAskedForOneAfterTheOtherAndARefusalKeepsNoOther() {
        store.with(
                        MemoryStore.archived("in/a"),
                        MemoryStore.archived("in/${sysenv.HOME}"),
                        MemoryStore.archived("in/z"))
                .with("in/readable");
        store.refusal = key -> {
            if (key.equals("in/a")) {
                throw new StoreException(Kind.REFUSED, "s3://bucket/in/a: no such tier");
            }
        };

        var report = report(restore("in/"));

        assertThat(store.restored).containsExactly("bucket/in/${sysenv.HOME}", "bucket/in/z");
        assertThat(report.counts()).containsOnly(Map.entry(Status.requested, 2L), Map.entry(Status.refused, 1L));
        assertThat(report.data())
                .extracting(RestoreReport.Row::status)
                .containsExactly(Status.requested, Status.refused, Status.requested);
        assertThat(store.open).isZero();
    }

    @Test
    void aFailureThatIsNoRefusalEndsTheRequestAndNothingMoreIsLookedAt() {
        IntStream.range(0, 900).forEach(number -> store.with(MemoryStore.archived("in/" + (100 + number))));
        store.refusal = key -> {
            if (key.equals("in/102")) {
                throw new IllegalStateException("the registry is away");
            }
        };

        var answer = restore("in/");

        assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(500);
        assertThat(store.restored).hasSize(2);
        assertThat(store.looked).isBetween(3, 4);
        assertThat(store.open).isZero();
    }

    @Test
    void aThousandAreAskedForAndWhatIsLeftIsSaid() {
        IntStream.range(0, 1_001).forEach(number -> store.with(MemoryStore.archived("in/" + (1_000 + number))));

        var report = report(restore("in/"));

        assertThat(store.restored).hasSize(1_000);
        assertThat(report.more()).isTrue();
        assertThat(report.counts()).containsOnly(Map.entry(Status.requested, 1_000L));
        assertThat(report(restore("in/1000")).more()).isFalse();
    }

    @Test
    void aRequestThatIsWrongNeverReachesTheStore() {
        var answer = restore();

        assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(answer.getMessage().getBody(String.class)).contains("uris must name 1 to 1000 objects");
        assertThat(store.looked).isZero();
    }
}
