package dev.wharf;

import dev.wharf.browse.ArchiveThreads;
import dev.wharf.browse.Archives;
import dev.wharf.browse.Browser;
import dev.wharf.browse.Downloads;
import dev.wharf.browse.Places;
import dev.wharf.browse.Previews;
import dev.wharf.browse.Restores;
import dev.wharf.browse.Search;
import dev.wharf.camel.QueueFailures;
import dev.wharf.camel.Records;
import dev.wharf.camel.VariablesInSql;
import dev.wharf.connections.BaseStorageTests;
import dev.wharf.connections.BucketRegions;
import dev.wharf.connections.ConnectionChanges;
import dev.wharf.connections.ConnectionRules;
import dev.wharf.connections.ConnectionStores;
import dev.wharf.connections.ConnectionTable;
import dev.wharf.connections.ConnectionTests;
import dev.wharf.connections.Connections;
import dev.wharf.connections.ConnectorMetadata;
import dev.wharf.connections.Shares;
import dev.wharf.datasets.DatasetLibrary;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.Datasets;
import dev.wharf.datasets.Manifests;
import dev.wharf.deadletters.DeadLetterWriter;
import dev.wharf.deadletters.DeadLetters;
import dev.wharf.deadletters.ReadDelivery;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.run.DuckDbEngine;
import dev.wharf.engine.sample.Sampler;
import dev.wharf.engine.structure.Structures;
import dev.wharf.flows.FlowCopies;
import dev.wharf.flows.FlowInputs;
import dev.wharf.flows.Flows;
import dev.wharf.flows.OutputObjects;
import dev.wharf.flows.Publications;
import dev.wharf.flows.RecipeInputs;
import dev.wharf.flows.WrangledDatasets;
import dev.wharf.flows.WriteSettings;
import dev.wharf.identity.Caller;
import dev.wharf.identity.RateLimit;
import dev.wharf.identity.Uses;
import dev.wharf.identity.audit.AuditEvents;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.login.Authentication;
import dev.wharf.identity.login.Identities;
import dev.wharf.identity.login.PageSessions;
import dev.wharf.identity.people.Associations;
import dev.wharf.identity.people.People;
import dev.wharf.identity.people.Roles;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.identity.people.WorkspaceConfiguration;
import dev.wharf.identity.people.Workspaces;
import dev.wharf.identity.tokens.AccessTokens;
import dev.wharf.imports.DatasetPreviews;
import dev.wharf.imports.ImportPool;
import dev.wharf.imports.ImportTasks;
import dev.wharf.imports.ImportedDatasets;
import dev.wharf.imports.Imports;
import dev.wharf.imports.Refreshes;
import dev.wharf.imports.ResultDatasets;
import dev.wharf.imports.StructureChecks;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.JobCounts;
import dev.wharf.jobs.JobFolders;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobInputs;
import dev.wharf.jobs.JobList;
import dev.wharf.jobs.JobProgress;
import dev.wharf.jobs.Jobs;
import dev.wharf.jobs.LineageEndpoint;
import dev.wharf.jobs.LineageEvents;
import dev.wharf.jobs.LineageTable;
import dev.wharf.jobs.ResultDatasetTable;
import dev.wharf.jobs.ResultPlaces;
import dev.wharf.jobs.WrittenFiles;
import dev.wharf.kernel.Admission;
import dev.wharf.kernel.Broker;
import dev.wharf.kernel.MessageHeaders;
import dev.wharf.kernel.PollFailure;
import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.Readiness;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.TextMessages;
import dev.wharf.kernel.http.Conversation;
import dev.wharf.kernel.http.EventStreams;
import dev.wharf.kernel.http.HttpServers;
import dev.wharf.kernel.http.ProblemResponder;
import dev.wharf.kernel.http.StrictHeaders;
import dev.wharf.kernel.http.stream.Bodies;
import dev.wharf.kernel.http.stream.ReceiveBody;
import dev.wharf.kernel.http.stream.ReceiveForm;
import dev.wharf.kernel.http.stream.StoreAdmission;
import dev.wharf.kernel.http.stream.Transfers;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.settings.SettingsException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.kernel.sql.FreeSpace;
import dev.wharf.kernel.sql.Outbox;
import dev.wharf.network.EndpointRules;
import dev.wharf.network.GuardedPost;
import dev.wharf.network.NetworkPolicy;
import dev.wharf.network.Tls;
import dev.wharf.parameters.environment.EnvironmentParameters;
import dev.wharf.parameters.environment.EnvironmentValues;
import dev.wharf.polling.Arrivals;
import dev.wharf.polling.DueTimes;
import dev.wharf.polling.NotificationRoutes;
import dev.wharf.polling.Notifications;
import dev.wharf.polling.PollingRoutes;
import dev.wharf.polling.Polls;
import dev.wharf.polling.ScheduleTable;
import dev.wharf.polling.Schedules;
import dev.wharf.publishing.Announcements;
import dev.wharf.publishing.FileThreads;
import dev.wharf.publishing.Publishing;
import dev.wharf.publishing.Republications;
import dev.wharf.publishing.SentFiles;
import dev.wharf.running.FlowRuns;
import dev.wharf.running.JobGroups;
import dev.wharf.running.JobLogs;
import dev.wharf.running.JobStarts;
import dev.wharf.running.Lineage;
import dev.wharf.running.Profiles;
import dev.wharf.running.RunResults;
import dev.wharf.running.Runs;
import dev.wharf.running.ScriptResults;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.s3.control.ControlRequests;
import dev.wharf.s3.control.S3Control;
import dev.wharf.storage.AwsConfigChanges;
import dev.wharf.storage.AwsConfigTable;
import dev.wharf.storage.AwsConfigs;
import dev.wharf.storage.BaseStorageConfigs;
import dev.wharf.storage.BaseStorages;
import dev.wharf.storage.JdbcUploadLedger;
import dev.wharf.storage.Lifecycle;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.storage.UploadReaper;
import dev.wharf.store.ObjectStores;
import dev.wharf.store.UploadLedger;
import dev.wharf.uploads.Inbox;
import dev.wharf.uploads.InboxTable;
import dev.wharf.uploads.InboxUploads;
import dev.wharf.uploads.InboxWatch;
import dev.wharf.uploads.ResumableUploads;
import dev.wharf.uploads.Uploads;
import dev.wharf.webhooks.WebhookCalls;
import dev.wharf.webhooks.WebhookDeliveries;
import dev.wharf.webhooks.WebhookFlowTasks;
import dev.wharf.webhooks.WebhookPool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.main.Main;
import org.springframework.jms.connection.CachingConnectionFactory;

/** Makes the beans that routes name. The only place where beans get names. */
final class WharfConfiguration implements AutoCloseable {
    /** Bounds of looking into a file: how many at one time in DuckDB, how long there, on disk, and waiting. */
    private static final int PREVIEWS = 4;

    private static final Duration PREVIEW_TIME = Duration.ofSeconds(20);
    private static final String PREVIEW_SPACE = "256MB";
    private static final Duration PREVIEW_PATIENCE = Duration.ofSeconds(5);
    /** Many files of one import wait for each other. */
    private static final Duration STRUCTURE_PATIENCE = Duration.ofMinutes(5);

    /** How soon a transfer ends whose caller may not have it any more. */
    private static final Duration TRANSFER_CHECKS = Duration.ofSeconds(2);

    /** Before a dropped file is tried a second time. */
    private static final Duration INBOX_PAUSE = Duration.ofSeconds(2);

    /** How long the collector of lineage may take for a connection, and for an answer. */
    private static final Duration LINEAGE_PATIENCE = Duration.ofSeconds(10);

    /** How long a consumer waits for a message before it looks whether the service is stopping. */
    private static final Duration JMS_WAIT = Duration.ofMillis(250);

    /** Sessions of the one connection that messages are sent over, which are kept open. */
    private static final int SENDING_SESSIONS = 8;

    private final Settings settings;
    private final DataFolder folder;
    private final Database database;
    private final Broker broker;
    private final Secrets secrets;
    private final Clock clock;
    private final ProcessId process;
    private final Claims claims;

    private final UploadLedger ledger;
    private final EndpointRules endpointRules;
    private final GuardedPost lineagePost;
    private final ObjectStores stores;
    private final Identities identities;
    private final Uses tokenUses;
    private final Uses sessionUses;
    private final PageSessions sessions;
    private final AuditTrail trail;
    private final Authentication authentication;
    private final People people;
    private final StorageFolders folders;
    private final WorkspaceConfiguration configuration;
    private final ConnectionRules rules;
    private final ConnectionTable connections;
    private final AwsConfigTable awsConfigs;
    private final BaseStorages baseStorages;
    private final DatasetTable datasets;
    private final ExecutorService importPool = ImportPool.create();
    private final WebhookCalls webhookCalls;
    private final ExecutorService webhookPool = WebhookPool.create();
    private final ExecutorService archiveThreads = ArchiveThreads.create();
    private final ExecutorService fileThreads;
    private final CachingConnectionFactory sendings;
    private final StoreDirectory directory;
    private final Executions executions;
    private final Transfers transfers;
    private final Admission storeAdmission;
    private final PollingRoutes pollingRoutes;
    private final Notifications notifications;
    private final NotificationRoutes notificationRoutes;
    private final Polls polls;
    private final Schedules schedules;
    private final JobProgress progress;
    private final ImportTasks importTasks;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    WharfConfiguration(
            Settings settings, DataFolder folder, Database database, Broker broker, Secrets secrets, Clock clock) {
        this.settings = settings;
        this.folder = folder;
        this.database = database;
        this.broker = broker;
        this.secrets = secrets;
        this.clock = clock;
        // Tells rows of this process from those of one that has died.
        this.process =
                new ProcessId(folder.nodeId(), UUID.randomUUID().toString().substring(0, 8));
        var openLineage = settings.openLineage();
        this.claims = new Claims(
                database,
                process,
                openLineage.url() == null ? null : new LineageEvents(database, openLineage.namespace(), clock),
                clock);
        this.ledger = new JdbcUploadLedger(database.dataSource(), database.shared(), process.toString(), clock);
        this.endpointRules = endpointRules(settings);
        this.lineagePost = new GuardedPost(endpointRules, LINEAGE_PATIENCE);
        this.stores = new SdkObjectStores(
                ledger,
                StoreSettings.defaults().retrying(settings.stores().retryDelay()),
                new NetworkPolicy(
                        endpointRules,
                        settings.connections().stsEndpoint(),
                        settings.limits().regionDetection(),
                        settings.stores().nativeTls() ? Tls.NATIVE : Tls.JAVA));
        this.identities = new Identities(database, clock);
        this.tokenUses = new Uses(database, "identity/use-token");
        this.sessionUses = new Uses(database, "identity/see-session");
        this.sessions = new PageSessions(database, sessionUses, settings.sessions(), clock);
        this.trail = new AuditTrail(database, clock);
        this.authentication = new Authentication(database, tokenUses, sessions, settings.oidc(), trail, clock);
        this.executions = new Executions(database, clock);
        this.fileThreads = FileThreads.create(settings.publishing().maxConcurrentFiles());
        this.sendings = new CachingConnectionFactory(broker.connections());
        sendings.setSessionCacheSize(SENDING_SESSIONS);
        this.transfers = new Transfers(caller -> authentication.again((Caller) caller), TRANSFER_CHECKS);
        this.storeAdmission = new Admission(
                "requests to stores",
                "wharf.browse",
                new Admission.Bounds(
                        HttpServers.MOST_WAITING,
                        settings.browse().maxConcurrent(),
                        settings.browse().maxPerPerson()));
        this.webhookCalls = new WebhookCalls(database, secrets, endpointRules, settings.webhooks(), trail, clock);
        this.people = new People(database, executions, trail, clock);
        this.folders = new StorageFolders(database);
        this.configuration = new WorkspaceConfiguration(
                database, trail, clock, settings.storage().perPerson());
        this.rules = new ConnectionRules(
                endpointRules, settings.limits(), settings.connections().stsEndpoint() != null);
        this.connections = new ConnectionTable(database, secrets);
        this.awsConfigs = new AwsConfigTable(database, secrets);
        this.baseStorages = new BaseStorages(awsConfigs, rules.roles(), settings.storage());
        this.datasets = new DatasetTable(database);
        this.directory = new ConnectionStores(database, connections, stores, rules, baseStorages, configuration, trail);
        var scheduleTable = new ScheduleTable(database, clock);
        var dueTimes = new DueTimes(database);
        this.schedules = new Schedules(database, scheduleTable, dueTimes, executions, trail, clock);
        var arrivals = new Arrivals(database, scheduleTable, clock);
        this.polls = new Polls(database, scheduleTable, arrivals, dueTimes, identities, process, clock);
        this.notifications =
                new Notifications(database, scheduleTable, arrivals, dueTimes, identities, directory, clock);
        this.notificationRoutes = new NotificationRoutes(notifications);
        this.importTasks = new ImportTasks(database, executions, trail, clock);
        this.progress = new JobProgress(database, settings.publishing().attempts(), clock);
        this.pollingRoutes =
                new PollingRoutes(database, polls, process, settings.schedules().maxConcurrent());
    }

    private static EndpointRules endpointRules(Settings settings) {
        try {
            return new EndpointRules(settings.connections().privateEndpoints());
        } catch (IllegalArgumentException e) {
            throw new SettingsException("wharf.connections.private-endpoints: " + e.getMessage(), e);
        }
    }

    Identities identities() {
        return identities;
    }

    Authentication authentication() {
        return authentication;
    }

    /** To be ended before the routes are. */
    NotificationRoutes notificationRoutes() {
        return notificationRoutes;
    }

    /** Lets schedules run; to be started once the routes are. */
    PollingRoutes pollingRoutes() {
        return pollingRoutes;
    }

    /** What can be watched. */
    EventStreams events() {
        var events = settings.events();
        return new EventStreams(
                Map.of(
                        "getJobGroupProgress",
                        (caller, id) -> {
                            var now = progress.get((Caller) caller, id);
                            return new EventStreams.Moment(now, now.over());
                        },
                        "getImport",
                        (caller, id) -> {
                            var now = importTasks.get((Caller) caller, id);
                            return new EventStreams.Moment(now, now.over());
                        }),
                new Admission(
                        "streams of events",
                        "wharf.events",
                        new Admission.Bounds(events.maxConcurrent(), events.maxConcurrent(), events.maxPerPerson())),
                caller -> authentication.again((Caller) caller),
                settings.http().stallTimeout());
    }

    PrometheusMeterRegistry metrics() {
        return metrics;
    }

    void bindTo(Main camel) {
        camel.addInitialProperty("wharf.node", folder.nodeId());
        bindHttp(camel);
        bindPeople(camel);
        bindConnections(camel);
        bindBaseStorage(camel);
        var previews = sampler(PREVIEW_PATIENCE);
        bindBrowsing(camel, previews);
        bindImports(camel, previews);
        camel.bind("datasets", new Datasets(database, trail, clock));
        camel.bind("datasetLibrary", new DatasetLibrary(database));
        bindFlows(camel);
        bindWebhooks(camel);
        bindRunning(camel);
        camel.bind("schedules", schedules);
        camel.bind("notifications", notifications);
        camel.bind("notificationRoutes", notificationRoutes);
        camel.bind("queueFailures", new QueueFailures());
        camel.bind("polls", polls);
        bindMetrics(camel);
        Readiness.of(database, broker).forEach(check -> camel.bind(check.getId() + "Readiness", check));
        camel.bind("jms", jms());
        bindStatementsAndControls(camel);
    }

    /** For {@code sql:} and {@code aws2-s3:} in routes; {@code store:} needs nothing. */
    private void bindStatementsAndControls(Main camel) {
        camel.bind("dataSource", database.dataSource());
        camel.bind("records", new Records());
        camel.bind("variablesInSql", new VariablesInSql());
        camel.bind("aws2-s3", S3Control.component());
        camel.bind("controlRequests", new ControlRequests());
    }

    private void bindHttp(Main camel) {
        var uploads = settings.uploads();
        var bodies = new Bodies(
                new Admission(
                        "uploads",
                        "wharf.uploads",
                        new Admission.Bounds(uploads.maxConcurrent(), uploads.maxConcurrent(), uploads.maxPerPerson())),
                transfers,
                settings.http().stallTimeout());
        camel.bind("storeAdmission", new StoreAdmission(storeAdmission));
        camel.bind("receiveBody", new ReceiveBody(bodies));
        camel.bind("receiveForm", new ReceiveForm(bodies));
        var limits = settings.limits();
        camel.bind("jobGroupsLimit", new RateLimit("jobs", limits.jobGroups(), clock));
        camel.bind("importedDatasetsLimit", new RateLimit("imports", limits.importedDatasets(), clock));
        camel.bind("importLooksLimit", new RateLimit("looks at imports", limits.importLooks(), clock));
        camel.bind("conversation", new Conversation(settings.http().stallTimeout(), transfers));
        camel.bind("problemResponder", new ProblemResponder());
        camel.bind("pollFailure", new PollFailure());
        camel.bind("platform-http", platformHttp());
    }

    private void bindPeople(Main camel) {
        camel.bind("people", people);
        camel.bind("accessTokens", new AccessTokens(database, trail, clock));
        camel.bind("tokenUses", tokenUses);
        camel.bind("sessionUses", sessionUses);
        camel.bind("sessions", sessions);
        camel.bind("workspaces", new Workspaces(database));
        camel.bind("roles", new Roles());
        camel.bind("associations", new Associations(database));
        camel.bind("workspaceConfiguration", configuration);
        camel.bind("auditTrail", trail);
        camel.bind("auditEvents", new AuditEvents(database, trail));
    }

    private void bindConnections(Main camel) {
        var regions = new BucketRegions(stores, settings.limits().regionDetection());
        camel.bind(
                "connections",
                new Connections(database, connections, executions, stores, rules, regions, trail, clock));
        camel.bind("connectionChanges", new ConnectionChanges(database, connections, rules, regions, trail, clock));
        camel.bind("connectionTests", new ConnectionTests(connections, stores, rules, regions, configuration, trail));
        camel.bind("connectorMetadata", new ConnectorMetadata(settings.limits(), database, connections, trail, clock));
        camel.bind("shares", new Shares(database, connections, trail, clock));
    }

    private void bindBaseStorage(Main camel) {
        var storage = settings.storage();
        camel.bind("awsConfigs", new AwsConfigs(awsConfigs, baseStorages, storage));
        var changes =
                new AwsConfigChanges(database, awsConfigs, baseStorages, rules.roles(), storage, people, trail, clock);
        camel.bind("awsConfigChanges", changes);
        camel.bind("baseStorageTests", new BaseStorageTests(changes, stores, configuration, trail));
        camel.bind(
                "lifecycle",
                new Lifecycle(
                        directory,
                        folders,
                        storage.endpoint(),
                        settings.browse().searchTimeout()));
        camel.bind("baseStorageConfigs", new BaseStorageConfigs(people, directory, trail));
        bindUploads(camel);
        camel.bind("uploadReaper", new UploadReaper(ledger, (connection, bucket) -> directory
                .ownStore(connection, bucket)
                .orElse(null)));
    }

    private void bindImports(Main camel, Sampler previews) {
        var manifests = new Manifests(database, clock);
        var imports = new Imports(database, datasets, directory, executions, trail, clock);
        camel.bind("imports", imports);
        camel.bind("refreshes", new Refreshes(database, datasets, imports, directory, trail, clock));
        camel.bind("importedDatasets", new ImportedDatasets(database, datasets, directory, executions, trail, clock));
        camel.bind(
                "structureChecks",
                new StructureChecks(new Structures(sampler(STRUCTURE_PATIENCE), folder.structures()), manifests));
        camel.bind(
                "datasetPreviews",
                new DatasetPreviews(datasets, manifests, directory, previews, folder.datasetPreviews()));
        var resultDatasets = new ResultDatasetTable(database, clock);
        camel.bind("resultDatasetTable", resultDatasets);
        camel.bind(
                "resultDatasets",
                new ResultDatasets(
                        database,
                        resultDatasets,
                        imports,
                        identities,
                        settings.publishing().attempts()));
        camel.bind("importTasks", importTasks);
        camel.bind("importPool", importPool);
    }

    private void bindFlows(Main camel) {
        camel.bind("flows", new Flows(database, executions, trail, clock));
        camel.bind("flowCopies", new FlowCopies(database, datasets, directory, executions, trail, clock));
        camel.bind("flowInputs", new FlowInputs(database, datasets, executions, trail, clock));
        camel.bind("wrangledDatasets", new WrangledDatasets(database, datasets, executions, trail, clock));
        var places = places();
        camel.bind("outputObjects", new OutputObjects(database, places, executions, trail, clock));
        camel.bind("writeSettings", new WriteSettings(database, places, executions, trail, clock));
        camel.bind("publications", new Publications());
        camel.bind("environmentParameters", new EnvironmentParameters(database, executions, trail, clock));
        camel.bind("recipeInputs", new RecipeInputs(database, datasets, executions, trail, clock));
    }

    private ResultPlaces places() {
        return new ResultPlaces(
                directory,
                folders,
                new JobFolders(database),
                settings.limits(),
                new EnvironmentValues(database),
                clock);
    }

    private void bindWebhooks(Main camel) {
        camel.bind(
                "webhookFlowTasks", new WebhookFlowTasks(database, secrets, endpointRules, executions, trail, clock));
        camel.bind(
                "webhookDeliveries",
                new WebhookDeliveries(database, secrets, settings.webhooks().attempts(), clock));
        camel.bind("webhookCalls", webhookCalls);
        camel.bind("webhookPool", webhookPool);
    }

    private void bindUploads(Main camel) {
        var uploads =
                new Uploads(database, directory, folders, settings.uploads().maxBytes(), clock);
        camel.bind("uploads", uploads);
        camel.bind(
                "resumableUploads",
                new ResumableUploads(
                        uploads, database, directory, settings.uploads().resumableFor(), clock));
        if (settings.uploads().inbox() == null) {
            camel.configure().withRoutesExcludePattern("**/inbox.camel.yaml");
            return;
        }
        var inbox = Inbox.open(settings.uploads().inbox());
        var watch = new InboxWatch(inbox, settings.uploads().inboxQuiet(), INBOX_PAUSE);
        GenericFileFilter<File> filter = file -> watch.accepts(file.getFile().toPath());
        camel.addInitialProperty("wharf.inbox.folder", inbox.path().toString());
        camel.bind("inboxFilter", filter);
        camel.bind(
                "inboxUploads",
                new InboxUploads(
                        inbox, watch, new InboxTable(database, process, clock), uploads, identities, directory));
    }

    private void bindBrowsing(Main camel, Sampler previews) {
        var browse = settings.browse();
        var downloads = settings.downloads();
        var places = new Places(directory, storeAdmission);
        camel.bind("browser", new Browser(places, secrets));
        var admission = new Admission(
                "downloads",
                "wharf.downloads",
                new Admission.Bounds(
                        downloads.maxConcurrent(), downloads.maxConcurrent() / 2, downloads.maxPerPerson()));
        camel.bind("downloads", new Downloads(places, admission));
        camel.bind("archives", new Archives(places, admission, downloads.maxArchiveEntries(), archiveThreads, trail));
        camel.bind("previews", new Previews(places, previews, folder.previews()));
        camel.bind("restores", new Restores(directory));
        camel.bind("search", new Search(places, secrets, browse.scanLimit(), browse.searchTimeout()));
    }

    private void bindRunning(Main camel) {
        var running = settings.running();
        var engine = new DuckDbEngine(new EngineSettings(
                running.memory(), running.threads(), running.timeLimit(), megabytes(running.maxBytes())));
        var groups = new JobGroupTable(database);
        var inputs = new JobInputs(database);
        var manifests = new Manifests(database, clock);
        var jobs = new JobList(database, settings.publishing().attempts());
        var outbox = new Outbox(database, clock);
        camel.bind("outbox", outbox);
        camel.bind("jobGroups", new JobGroups(groups, jobs, inputs));
        camel.bind("lineage", new Lineage(new LineageTable(database), groups, datasets));
        camel.addInitialProperty(
                "wharf.openlineage.enabled",
                String.valueOf(settings.openLineage().url() != null));
        camel.bind(
                "lineageEndpoint",
                new LineageEndpoint(
                        settings.openLineage(),
                        lineagePost,
                        outbox,
                        settings.publishing().retryDelay(),
                        clock));
        camel.bind("jobLogs", new JobLogs(groups, jobs, inputs, new AuditEvents(database, trail)));
        camel.bind("scriptResults", new ScriptResults(groups, jobs, new WrittenFiles(database)));
        camel.bind("profiles", new Profiles(groups, jobs, directory));
        var starts = new JobStarts(
                groups,
                inputs,
                manifests,
                executions,
                directory,
                folders,
                places(),
                new EnvironmentValues(database),
                new ResultDatasetTable(database, clock),
                running.maxBytes(),
                trail,
                clock);
        camel.bind("jobStarts", starts);
        camel.bind("flowRuns", new FlowRuns(groups, inputs, starts, executions, trail, clock));
        camel.bind(
                "runs",
                new Runs(
                        database,
                        claims,
                        identities,
                        directory,
                        new RunResults(engine, running.partBytes()),
                        manifests,
                        DataFolder.jobs(folder.path()),
                        running.maxBytes(),
                        settings.publishing().attempts()));
        var publishing =
                new Publishing(settings, folder.path(), database, identities, directory, claims, trail, fileThreads);
        camel.bind("fileThreads", fileThreads);
        camel.bind("publishing", publishing);
        camel.bind("publicationUpkeep", publishing.upkeep());
        camel.bind("announcements", new Announcements(settings, database, directory, claims, trail, publishing));
        camel.bind(
                "sentFiles",
                new SentFiles(database, directory, claims, settings.publishing().filesTimeout()));
        camel.bind("sharedFiles", publishing.sharedFiles());
        camel.bind(
                "republications",
                new Republications(
                        settings, database, directory, claims, executions, trail, publishing.upkeep(), fileThreads));
        bindJobs(camel);
    }

    private void bindJobs(Main camel) {
        camel.addInitialProperty(
                "wharf.running.max-concurrent",
                String.valueOf(settings.running().maxConcurrent()));
        camel.addInitialProperty(
                "wharf.publishing.max-concurrent",
                String.valueOf(settings.publishing().maxConcurrent()));
        camel.addInitialProperty(
                "wharf.publishing.max-concurrent-files",
                String.valueOf(settings.publishing().maxConcurrentFiles()));
        camel.addInitialProperty(
                "wharf.broker.shared", String.valueOf(!settings.broker().embedded()));
        var counts = new JobCounts(database);
        counts.bindTo(metrics);
        camel.bind("jobs", new Jobs(database, claims, counts));
        camel.bind("jobProgress", progress);
        camel.bind("deadLetters", new DeadLetters(database, trail, clock));
        Processor keepDelivery = ReadDelivery::keep;
        camel.bind("keepDelivery", keepDelivery);
        camel.bind("readDelivery", new ReadDelivery());
        camel.bind(
                "deadLetterWriter",
                new DeadLetterWriter(database, settings.publishing().attempts(), clock));
    }

    private Sampler sampler(Duration patience) {
        return new Sampler(
                new EngineSettings(settings.running().memory(), 1, PREVIEW_TIME, PREVIEW_SPACE), PREVIEWS, patience);
    }

    private void bindMetrics(Main camel) {
        new JvmMemoryMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        if (database.isEmbedded()) {
            Gauge.builder("wharf.registry.disk.free", database.space(), FreeSpace::bytes)
                    .baseUnit("bytes")
                    .register(metrics);
        }
        var routes = new MicrometerRoutePolicyFactory();
        routes.setMeterRegistry(metrics);
        camel.bind("metricsRegistry", metrics);
        camel.bind("routeMetrics", routes);
    }

    private static String megabytes(long bytes) {
        return Math.max(1, Math.min(999_999, bytes >> 20)) + "MB";
    }

    private static PlatformHttpComponent platformHttp() {
        var component = new PlatformHttpComponent();
        component.setHeaderFilterStrategy(new StrictHeaders());
        component.setServerRequestValidation(true);
        return component;
    }

    /** A message is acknowledged when its route has ended well; else it comes again, until the broker gives it up. */
    private JmsComponent jms() {
        var configuration = new JmsConfiguration(broker.connections());
        // A message that is sent is out when the call returns, whatever becomes of the one that its route began with.
        configuration.setTemplateConnectionFactory(sendings);
        configuration.setTransacted(true);
        configuration.setLazyCreateTransactionManager(false);
        configuration.setCacheLevelName("CACHE_CONSUMER");
        configuration.setMessageConverter(new TextMessages());
        configuration.setReceiveTimeout(JMS_WAIT.toMillis());
        var component = new JmsComponent(configuration);
        component.setHeaderFilterStrategy(new MessageHeaders());
        return component;
    }

    @Override
    public void close() throws IOException {
        transfers.close();
        lineagePost.close();
        archiveThreads.shutdownNow();
        importPool.shutdownNow();
        webhookPool.shutdownNow();
        fileThreads.shutdownNow();
        sendings.destroy();
        try {
            webhookCalls.close();
            trail.write();
            tokenUses.write();
            sessionUses.write();
        } finally {
            stores.close();
        }
    }
}
