package dev.wharf.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.camel.Records;
import dev.wharf.camel.VariablesInSql;
import dev.wharf.identity.login.Identities;
import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.Databases;
import dev.wharf.testing.HandOperated;
import dev.wharf.testing.RouteTest;
import dev.wharf.testing.SettableClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is sent for jobs that are due, to whom and for how long. */
class JobsRouteTest extends RouteTest {
    private static final SettableClock CLOCK = new SettableClock();

    private static Database database;

    private final HandOperated timers = new HandOperated();
    private final HandOperated queues = new HandOperated();

    JobsRouteTest() {
        super("jobs");
    }

    @BeforeAll
    static void open() {
        database = Databases.open(
                new Settings.Registry("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc", "sa", Secret.NONE),
                null);
        new Identities(database, CLOCK).bootstrap();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    protected void bindOutside(Registry registry) {
        var claims = new Claims(database, ProcessId.of("here:1"), CLOCK);
        registry.bind("dataSource", database.dataSource());
        registry.bind("records", new Records());
        registry.bind("variablesInSql", new VariablesInSql());
        registry.bind("jobs", new Jobs(database, claims, new JobCounts(database)));
        registry.bind("timer", timers);
        registry.bind("jms", queues);
    }

    @BeforeEach
    void nothingIsDue() {
        sql("DELETE FROM job");
    }

    private static void sql(String statement) {
        JdbcClient.create(database.dataSource()).sql(statement).update();
    }

    /** A job that is due now, of the newest job group. */
    private static long due(String type, String document, String node) {
        sql("INSERT INTO job_group (uuid, workspace_id, membership_id, name, execution, ran_from, status, created_at,"
                + " updated_at) VALUES ('" + UUID.randomUUID()
                + "', 1, 1, 'n', 'photon', 'api', 'InProgress', NOW, NOW)");
        long group = value("SELECT MAX(id) FROM job_group", Long.class);
        JdbcClient.create(database.dataSource())
                .sql("INSERT INTO job (job_group_id, job_type, status, attempts, document, node_id, due_at, created_at,"
                        + " updated_at) VALUES (:group, :type, 'Pending', 0, :document, :node, :now, :now, :now)")
                .param("group", group)
                .param("type", type)
                .param("document", document)
                .param("node", node)
                .param("now", Timestamp.from(CLOCK.instant()))
                .update();
        return group;
    }

    private static <T> T value(String query, Class<T> type) {
        return JdbcClient.create(database.dataSource()).sql(query).query(type).single();
    }

    private static Instant dueAt() {
        return value("SELECT due_at FROM job", Timestamp.class).toInstant();
    }

    private HandOperated.Sent sent() throws Exception {
        assertThat(timers.begin("sendDueJobs", null).getException()).isNull();
        return queues.sent().get(0);
    }

    @Test
    void aRunIsAskedForByItsJobGroup() throws Exception {
        long group = due("wrangle", null, null);

        var run = sent();

        assertThat(run.to()).isEqualTo("queue:running.jobs");
        assertThat(run.body()).isEqualTo("{\"jobGroupId\":" + group + "}");
        assertThat(run.options())
                .containsEntry("exchangePattern", "InOnly")
                .containsEntry("jmsMessageType", "Text")
                .doesNotContainKey("timeToLive");
        assertThat(run.headers()).doesNotContainKey("wharfNode");
    }

    @Test
    void resultsOnTheDiskOfANodeAreForThatNodeAndExpire() throws Exception {
        sql("INSERT INTO node (id, seen_at) VALUES ('there', NOW)"); // else another one would make them again
        due("publish", "{}", "there");

        var results = sent();

        assertThat(results.to()).isEqualTo("queue:publishing.jobs");
        assertThat(results.headers()).containsEntry("wharfNode", "there");
        assertThat(results.options()).containsEntry("timeToLive", "600000").containsEntry("exchangePattern", "InOnly");
    }

    @Test
    void resultsThatAnyNodeCanReadAreForAnyNodeAndStay() throws Exception {
        due("publish", "{\"a\":\"${sysenv.HOME}\"}", null);

        var results = sent();

        assertThat(results.body()).isEqualTo("{\"a\":\"${sysenv.HOME}\"}");
        assertThat(results.headers()).doesNotContainKey("wharfNode");
        assertThat(results.options()).doesNotContainKey("timeToLive");
    }

    @Test
    void whatIsSentIsNotDueForTenMinutes() throws Exception {
        due("wrangle", null, null);

        sent();

        assertThat(Duration.between(CLOCK.instant(), dueAt())).isEqualTo(Duration.ofMinutes(10));
        timers.begin("sendDueJobs", null);
        assertThat(queues.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"here:0,1", "here:1,0", "there:0,0", "here-too:0,0"})
    void whatAnEarlierStartOfThisNodeWorkedAtIsDueAtOnce(String process, int messages) throws Exception {
        due("wrangle", null, null);
        sql("UPDATE job SET status = 'InProgress', due_at = NULL, process_id = '" + process + "'");
        JdbcClient.create(database.dataSource())
                .sql("UPDATE job SET renewed_at = :now")
                .param("now", Timestamp.from(CLOCK.instant()))
                .update();

        timers.begin("sendDueJobs", null);

        assertThat(queues.sent()).hasSize(messages);
    }

    @Test
    void whatCannotBeSentIsDueSoonAndTheOthersWait() throws Exception {
        due("wrangle", null, null);
        queues.fail(new IllegalStateException("the queue is away"));

        var poll = timers.begin("sendDueJobs", null);

        assertThat(poll.getException()).isNull(); // said once, and tried again
        assertThat(Duration.between(CLOCK.instant(), dueAt())).isEqualTo(JobTimes.GRACE);
    }

    @Test
    void ofTwoNodesThatFindTheSameJobOneSends() throws Exception {
        due("wrangle", null, null);
        AdviceWith.adviceWith(context, "sendDueJobs", route -> route.weaveById("handOut")
                .before()
                .process(exchange -> sql("UPDATE job SET due_at = NOW + INTERVAL '1' HOUR")));

        assertThat(timers.begin("sendDueJobs", null).getException()).isNull();

        assertThat(queues.sent()).isEmpty();
    }

    @Test
    void nothingOfTheMessageThatARouteBeganWithTravelsOn() {
        var exchange = template.send("direct:sendJobMessage", sending -> {
            sending.setVariable("due", DueMessage.ofPublication(7, "{}", null));
            sending.getMessage().setHeader("JMSReplyTo", "elsewhere");
            sending.getMessage().setHeader("JMSXDeliveryCount", 2);
        });

        assertThat(exchange.getException()).isNull();
        assertThat(queues.sent().get(0).headers())
                .doesNotContainKey("JMSReplyTo")
                .containsKey("JMSXDeliveryCount"); // the log of the calling route tells it
    }
}
