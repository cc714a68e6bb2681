package dev.wharf.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.DatasetView;
import dev.wharf.datasets.NodeIds;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.jobs.JobFolders;
import dev.wharf.jobs.JobInputs;
import dev.wharf.jobs.ResultPlaces;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.parameters.RunValues;
import dev.wharf.parameters.environment.EnvironmentParameterRequest;
import dev.wharf.parameters.environment.EnvironmentParameters;
import dev.wharf.parameters.environment.EnvironmentValues;
import dev.wharf.testing.Databases;
import dev.wharf.testing.MemoryStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Flows in a registry of either kind, which had datasets before it had flows. */
abstract class FlowsContract {
    private static final Caller CALLER = new Caller(1, 1, 1, "a@example.com", Set.of());
    private static final Caller ADMINISTRATOR = new Caller(1, 1, 1, "a@example.com", Set.of(Caller.WORKSPACE_ADMIN));
    /** Of the older registry; the import of the one after it has failed. */
    private static final long DATASET = 41;

    private final Clock clock = Clock.systemUTC();
    private Flows flows;
    private FlowCopies copies;
    private FlowInputs inputs;
    private WrangledDatasets recipes;
    private RecipeInputs recipeInputs;
    private EnvironmentParameters environment;
    private OutputObjects outputs;
    private WriteSettings settings;

    abstract Database database();

    /** Makes a registry as it was before there were flows, with a dataset, and opens it as it is now. */
    static Database upgraded(String url, String user) {
        Flyway.configure().dataSource(url, user, "").target("29?").load().migrate();
        var old = JdbcClient.create(new DriverManagerDataSource(url, user, ""));
        for (String statement : List.of(
                "INSERT INTO workspace (uuid, name, created_at) VALUES ('w', 'w', CURRENT_TIMESTAMP)",
                "INSERT INTO person (uuid, email, name, created_at) VALUES ('p', 'a@example.com', 'A', CURRENT_TIMESTAMP)",
                "INSERT INTO membership (workspace_id, person_id, created_at) VALUES (1, 1, CURRENT_TIMESTAMP)",
                "INSERT INTO imported_dataset (id, uuid, workspace_id, owner_id, name, bucket, object_key,"
                        + " disable_type_inference, created_at, updated_at)"
                        + " VALUES (41, 'd', 1, 1, 'orders', 'bucket', 'k', FALSE, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
                "INSERT INTO manifest (dataset_id, state, file_count, byte_count, ignored_count, created_at, updated_at)"
                        + " VALUES (41, 'ready', 0, 0, 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
                "UPDATE imported_dataset SET manifest_id = 1",
                "INSERT INTO import_task (workspace_id, owner_id, name, source, status, dataset_id, file_count, byte_count,"
                        + " ignored_count, refused_count, created_at, updated_at)"
                        + " VALUES (1, 1, 'n', 's', 'failed', 42, 0, 0, 0, 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")) {
            old.sql(statement).update();
        }
        return Databases.open(new Settings.Registry(url, user, Secret.NONE), null);
    }

    @BeforeEach
    void open() {
        var trail = new AuditTrail(database(), clock);
        var executions = new Executions(database(), clock);
        var datasets = new DatasetTable(database());
        flows = new Flows(database(), executions, trail, clock);
        copies = new FlowCopies(database(), datasets, new MemoryStore(), executions, trail, clock);
        inputs = new FlowInputs(database(), datasets, executions, trail, clock);
        recipes = new WrangledDatasets(database(), datasets, executions, trail, clock);
        var places = new ResultPlaces(
                new MemoryStore(),
                new StorageFolders(database()),
                new JobFolders(database()),
                Settings.of(Map.of()).limits(),
                new EnvironmentValues(database()),
                clock);
        outputs = new OutputObjects(database(), places, executions, trail, clock);
        settings = new WriteSettings(database(), places, executions, trail, clock);
        environment = new EnvironmentParameters(database(), executions, trail, clock);
        recipeInputs = new RecipeInputs(database(), datasets, executions, trail, clock);
    }

    private long newFlow(String name) {
        return (long) flows.create(CALLER, new FlowRequest(name, null), null).get("id");
    }

    private long newRecipe(long flow, String name) {
        return (long) recipes.create(CALLER, new RecipeRequest(flow, DATASET, name, null), null)
                .get("id");
    }

    private List<?> nodes(long flow) {
        Map<?, ?> view =
                Json.read(Json.write(flows.get(CALLER, flow, Query.parse("embed=flowNodes.recipe"))), Map.class);
        return (List<?>) ((Map<?, ?>) view.get("flowNodes")).get("data");
    }

    private List<Long> read(long flow) {
        return inputs.inputs(CALLER, flow).data().stream().map(DatasetView::id).toList();
    }

    @Test
    void recipesGetNoIdThatADatasetHasOrWasSaidToGet() {
        assertThat(newRecipe(newFlow("ids"), "r")).isGreaterThan(42);
        assertThat(NodeIds.next(database())).isGreaterThan(43);
        assertThatThrownBy(() -> JdbcClient.create(database().dataSource())
                        .sql("INSERT INTO imported_dataset (uuid, workspace_id, owner_id, name, bucket, object_key,"
                                + " disable_type_inference, created_at, updated_at) VALUES ('x', 1, 1, 'n', 'bucket', 'k', FALSE,"
                                + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aDatasetStandsInAFlowOnceHoweverOftenAndByHowManyItIsPutThere() throws Exception {
        long flow = newFlow("once");
        var together = Executors.newFixedThreadPool(4);
        try {
            Callable<Object> add = () -> inputs.add(CALLER, DATASET, new AddToFlowRequest(flow), null);
            for (var added :
                    together.invokeAll(IntStream.range(0, 8).mapToObj(i -> add).toList())) {
                added.get();
            }
        } finally {
            together.shutdownNow();
        }

        assertThat(nodes(flow)).hasSize(1);
        assertThat(read(flow)).containsExactly(DATASET);
    }

    @Test
    void aFlowIsFoundByItsNameAndCounted() {
        String name = "found " + clock.millis();
        long flow = newFlow(name);
        Query query = Query.parse("filterType=exact&includeCount=True&sort=-name&filter=" + name.replace(" ", "%20"));

        assertThat(flows.list(CALLER, query).data()).singleElement().satisfies(found -> assertThat(found.get("id"))
                .isEqualTo(flow));
        assertThat(flows.list(CALLER, query).count()).isEqualTo(1);
        assertThat(flows.count(CALLER, query)).containsEntry("count", 1L);
        assertThat(recipes.count(CALLER, query)).containsEntry("count", 0L);
        newRecipe(flow, name);
        assertThat(recipes.list(CALLER, query).data()).hasSize(1);
    }

    @Test
    void aCopyHasWhatTheOriginalHasAndReadsCopiesWhereTheyAreAskedFor() {
        long flow = newFlow("original");
        newRecipe(flow, "as it is");
        recipeInputs.add(CALLER, newRecipe(newFlow("other"), "r"), new AddToFlowRequest(flow), null);

        long same = (long) copies.copy(CALLER, flow, new FlowCopyRequest(null, null, false), null)
                .get("id");
        long apart = (long) copies.copy(CALLER, flow, new FlowCopyRequest("apart", null, true), null)
                .get("id");

        assertThat(nodes(same)).hasSize(3);
        assertThat(nodes(apart)).hasSize(3);
        assertThat(read(same)).containsExactly(DATASET);
        assertThat(read(apart)).hasSize(2).contains(DATASET); // by the reference
        assertThat(flows.get(CALLER, same, Query.parse(null))).containsEntry("name", "Copy of original");
    }

    private static <T> T body(String json, Class<T> type) {
        return Json.body(json.getBytes(UTF_8), type);
    }

    private long newOutput(long recipe, boolean adhoc, String path) {
        return (long) outputs.create(
                        CALLER,
                        body(
                                "{\"flowNodeId\":" + recipe + ",\"isAdhoc\":" + adhoc
                                        + ",\"writeSettings\":[{\"path\":\"" + path
                                        + "\",\"action\":\"create\",\"format\":\"csv\"}]}",
                                OutputRequest.class),
                        null)
                .get("id");
    }

    @Test
    void anEnvironmentParameterIsKeptWhileACopiedSettingNamesIt() {
        long id = (long) environment
                .create(
                        ADMINISTRATOR,
                        body(
                                "{\"overrideKey\":\"env.land\",\"value\":{\"variable\":{\"value\":\"de\"}}}",
                                EnvironmentParameterRequest.class),
                        null)
                .get("id");
        long flow = newFlow("varying");
        long recipe = newRecipe(flow, "r");
        outputs.create(
                CALLER,
                body(
                        "{\"flowNodeId\":" + recipe
                                + ",\"writeSettings\":[{\"path\":\"s3://bucket/out/.csv?connectionId=1\","
                                + "\"action\":\"create\",\"format\":\"csv\",\"runParameters\":[{\"type\":\"path\","
                                + "\"overrideKey\":\"env.land\",\"insertionIndices\":[{\"index\":16}],"
                                + "\"value\":{\"variable\":{\"value\":\"\"}}}]}]}",
                        OutputRequest.class),
                null);
        long copy = (long) copies.copy(CALLER, flow, new FlowCopyRequest(null, null, false), null)
                .get("id");

        var copied = new JobInputs(database())
                .saved(new JobInputs(database()).ofFlow(copy).get(0), true);

        var values = new EnvironmentValues(database()).of(CALLER, copied.get(0).keys());
        assertThat(copied.get(0).at(RunValues.of(null, values, clock.instant())).path())
                .hasToString("s3://bucket/out/de.csv?connectionId=1");
        assertThat(environment.get(CALLER, id, Query.parse(null)).get("usageInfo"))
                .isEqualTo(Map.of("importedDatasets", 0L, "writeSettings", 2L, "schedules", 0L));
        flows.delete(CALLER, flow);
        assertThatThrownBy(() -> environment.delete(ADMINISTRATOR, id)).hasMessageContaining("used by 1 writeSettings");
        flows.delete(CALLER, copy);
        environment.delete(ADMINISTRATOR, id);
        assertThat(environment.count(CALLER, Query.parse("filter=env.land")).get("count"))
                .isZero();
    }

    @Test
    void whatARecipeWritesIsSavedOnceAKindAndCopiedAndDeletedWithIt() {
        long flow = newFlow("writing");
        long recipe = newRecipe(flow, "r");
        long output = newOutput(recipe, true, "s3://bucket/out/a.csv?connectionId=1");
        newOutput(recipe, false, "s3://bucket/out/b.csv?connectionId=1");
        long setting = (long) settings.create(
                        CALLER,
                        body(
                                "{\"outputObjectId\":" + output
                                        + ",\"path\":\"s3://bucket/out/c.json\",\"connectionId\":\"1\","
                                        + "\"action\":\"create\",\"format\":\"json\",\"suffix\":\"_increment\"}",
                                WriteSettingRequest.class),
                        null)
                .get("id");
        assertThatThrownBy(() -> newOutput(recipe, true, "s3://bucket/out/d.csv?connectionId=1"))
                .hasMessageContaining("output object " + output);
        settings.patch(
                CALLER,
                setting,
                body("{\"path\":\"s3://bucket/out/e.json?connectionId=1\"}", WriteSettingRequest.class),
                IfMatch.ANY);

        long copy = (long) copies.copy(CALLER, flow, new FlowCopyRequest(null, null, false), null)
                .get("id");
        var inputsOfJobs = new JobInputs(database());
        var copied = inputsOfJobs.ofFlow(copy).get(0);
        assertThat(inputsOfJobs.saved(copied, true))
                .extracting(WriteSetting::path)
                .hasToString("[s3://bucket/out/a.csv?connectionId=1, s3://bucket/out/e.json?connectionId=1]");
        assertThat(inputsOfJobs.saved(copied, false)).hasSize(1);
        assertThat(outputs.ofFlow(CALLER, copy).data()).hasSize(2);

        Query few = Query.parse("filter=e.json&filterType=contains&sort=-path");
        assertThat(settings.count(CALLER, few)).containsEntry("count", 2L);
        assertThat(settings.list(CALLER, few).data()).hasSize(2);
        long all = outputs.count(CALLER, Query.parse(null)).get("count");
        assertThat(outputs.list(CALLER, Query.parse("embed=writeSettings,publications&limit=1000"))
                        .data())
                .hasSize((int) all);
        recipes.delete(CALLER, recipe);
        flows.delete(CALLER, copy);
        assertThat(outputs.count(CALLER, Query.parse(null))).containsEntry("count", all - 4);
        assertThatThrownBy(() -> settings.get(CALLER, setting, Query.parse(null)))
                .hasMessageContaining("write setting " + setting);
    }

    @Test
    void aFlowToWhoseRecipesAnotherOneRefersIsNotDeleted() {
        long flow = newFlow("referred");
        long recipe = newRecipe(flow, "r");
        long other = newFlow("referring");
        recipeInputs.add(CALLER, recipe, new AddToFlowRequest(other), null);

        assertThatThrownBy(() -> flows.delete(CALLER, flow))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT))
                .hasMessageContaining("Flow " + other)
                .hasMessageContaining("recipe " + recipe);
        assertThatThrownBy(() -> recipes.delete(CALLER, recipe)).hasMessageContaining("Flow " + other);
        assertThat(read(other)).containsExactly(DATASET);

        flows.delete(CALLER, other);
        flows.delete(CALLER, flow);
        assertThatThrownBy(() -> recipes.get(CALLER, recipe, Query.parse(null)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.GONE));
    }
}
