package dev.wharf.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wharf.camel.Records;
import dev.wharf.camel.VariablesInSql;
import dev.wharf.identity.Caller;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.http.stream.IncomingFile;
import dev.wharf.kernel.http.stream.SaidDigests;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.Databases;
import dev.wharf.testing.MemoryStore;
import dev.wharf.testing.RouteTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An upload is named, stored, put on record and told, in this order, and each step fails by itself. */
class UploadsRouteTest extends RouteTest {
    private static final Caller CALLER = new Caller(1, 1, 1, "a@example.com", Set.of());
    private static final Caller NOBODY_ON_RECORD = new Caller(1, 999, 1, "a@example.com", Set.of());

    private static Database database;

    private final Kept store = new Kept();
    private IncomingFile arriving = file("in a form.csv", "a,b\n", OptionalLong.of(4));

    /** Keeps what is written, whole or not at all; until it is told to fail. */
    private final class Kept extends MemoryStore {
        private final List<String> written = new ArrayList<>();
        private StoreException failure;

        @Override
        public ObjectInfo write(String bucket, String key, InputStream in, OptionalLong length, String contentType) {
            assertThat(records()).as("before the bytes are there").isEmpty();
            if (failure != null) {
                throw failure;
            }
            String content = content(in);
            written.add("s3://" + bucket + "/" + key + " " + contentType + " " + content);
            return new ObjectInfo(key, content.length(), "e", Instant.EPOCH, "STANDARD", false, null);
        }

        private String content(InputStream in) {
            try {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    UploadsRouteTest() {
        super("uploads");
    }

    @BeforeAll
    static void open() {
        database = Databases.inMemory();
        for (String row : List.of(
                "workspace (uuid, name, created_at) VALUES ('w', 'w', CURRENT_TIMESTAMP)",
                "person (uuid, email, name, created_at) VALUES ('p', 'p', 'p', CURRENT_TIMESTAMP)",
                "membership (workspace_id, person_id, created_at) VALUES (1, 1, CURRENT_TIMESTAMP)")) {
            JdbcClient.create(database.dataSource()).sql("INSERT INTO " + row).update();
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        JdbcClient.create(database.dataSource()).sql("DELETE FROM upload").update();
    }

    @Override
    protected void bindOutside(Registry registry) {
        Processor receive = exchange -> exchange.getMessage().setBody(arriving);
        registry.bind("receiveBody", Processor.class, receive);
        registry.bind("receiveForm", Processor.class, receive);
        registry.bind("uploads", new Uploads(database, store, new StorageFolders(database), 1_000, Clock.systemUTC()));
        registry.bind("dataSource", database.dataSource());
        registry.bind("records", new Records());
        registry.bind("variablesInSql", new VariablesInSql());
    }

    private static IncomingFile file(String name, String content, OptionalLong length) {
        return new IncomingFile(
                name,
                "text/csv",
                length,
                SaidDigests.of(header -> null),
                new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private Exchange send(String route, String query, Caller caller) {
        return template.request("direct:" + route, exchange -> {
            exchange.setVariable("caller", caller);
            exchange.setVariable("query", Query.parse(query));
            // What a caller could send under the names of variables, which must not matter.
            exchange.getMessage().setHeaders(new HashMap<>(Map.of("upload", "x", "stored", "x")));
        });
    }

    private static List<Map<String, Object>> records() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT * FROM upload")
                .query()
                .listOfRows();
    }

    private static void assertAnswered(Exchange answer, int status, String detail) {
        assertThat(answer.getMessage().getBody(String.class)).contains(detail);
        assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uploadFile", "uploadForm"})
    void aFileIsStoredThenRecordedThenTold(String route) {
        var told = send(route, "name=in%20a%20form.csv", CALLER).getMessage().getBody(UploadView.class);

        String key = "trifacta/uploads/1/1/" + told.uuid() + "/in a form.csv";
        assertThat(store.written).containsExactly("s3://wharf/" + key + " text/csv a,b\n");
        assertThat(records()).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("uuid", told.uuid())
                .containsEntry("workspace_id", 1L)
                .containsEntry("owner_id", 1L)
                .containsEntry("bucket", "wharf")
                .containsEntry("object_key", key)
                .containsEntry("file_name", "in a form.csv")
                .containsEntry("byte_size", 4L)
                .containsKey("created_at"));
        assertThat(told.path()).isEqualTo("/" + key);
        assertThat(told.name()).isEqualTo("in a form.csv");
        assertThat(told.size()).isEqualTo(4);
    }

    @Test
    void aNameIsTextInTheStoreAndOnRecord() {
        String name = "${sysenv.HOME} :#${variable.caller} '; {{x}}.csv";
        arriving = file(name, "a", OptionalLong.of(1));

        var told = send("uploadForm", "", CALLER).getMessage().getBody(UploadView.class);

        assertThat(told.path()).endsWith("/" + name);
        assertThat(records()).singleElement().satisfies(row -> assertThat(row).containsEntry("file_name", name));
    }

    @Test
    void whatTheStoreDoesNotTakeIsNotOnRecord() {
        store.failure = new StoreException(Kind.UNAVAILABLE, "s3://wharf/x: the store does not answer");

        assertAnswered(send("uploadFile", "name=a.csv", CALLER), 503, "the store does not answer");

        assertThat(records()).isEmpty();
    }

    @Test
    void aFileThatIsTooLargeIsRefusedBeforeItIsReadOrOnTheWay() {
        arriving = file(null, "x".repeat(1_001), OptionalLong.of(1_001));
        assertAnswered(send("uploadFile", "name=a.csv", CALLER), 413, "wharf.uploads.max-bytes");
        assertThat(store.written).isEmpty();

        arriving = file(null, "x".repeat(1_001), OptionalLong.empty());
        assertAnswered(send("uploadFile", "name=a.csv", CALLER), 413, "wharf.uploads.max-bytes");
        assertThat(store.written).isEmpty();
        assertThat(records()).isEmpty();

        arriving = file(null, "x".repeat(1_000), OptionalLong.empty());
        send("uploadFile", "name=a.csv", CALLER);
        assertThat(records()).hasSize(1);
    }

    @Test
    void ofAFileThatCannotBePutOnRecordTheLogSaysWhereItLies() {
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        var log = (Logger) LoggerFactory.getLogger(Uploads.class);
        log.addAppender(said);
        try {
            assertAnswered(send("uploadFile", "name=a.csv", NOBODY_ON_RECORD), 500, "Unexpected failure");
        } finally {
            log.detachAppender(said);
        }

        assertThat(store.written).hasSize(1);
        assertThat(said.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("s3://wharf/trifacta/uploads/1/999/")
                .contains("/a.csv was uploaded and could not be recorded");
    }
}
