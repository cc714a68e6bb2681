package dev.wharf.s3;

import dev.wharf.network.EndpointRules;
import dev.wharf.network.NetworkPolicy;
import dev.wharf.s3.client.RegionFinder;
import dev.wharf.s3.client.SdkClientFactory;
import dev.wharf.s3.client.SdkClients;
import dev.wharf.s3.client.SdkEventQueue;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.s3.list.Lists;
import dev.wharf.s3.probe.StoreProbe;
import dev.wharf.s3.read.ReadPace;
import dev.wharf.s3.read.Reads;
import dev.wharf.s3.write.Writes;
import dev.wharf.store.EventQueue;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStores;
import dev.wharf.store.ProbeReport;
import dev.wharf.store.ProbeRequest;
import dev.wharf.store.ProbeRow;
import dev.wharf.store.QueueUrl;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.UploadLedger;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The stores behind accesses, spoken to through the AWS SDK's synchronous client on Apache HttpClient 5.
 *
 * <p>Each access has its own client and connections, so that one slow store cannot starve the others. A changed access
 * counts from the next {@link #open}; what is under way ends with the key pair that it began with.
 */
public final class SdkObjectStores implements ObjectStores {
    private final UploadLedger ledger;
    private final StoreSettings settings;
    private final NetworkPolicy policy;
    private final SdkClients clients;
    private final Lists lists;
    private final Reads reads;
    private final Writes writes;
    private final ExecutorService threads;
    private final ExecutorService listers;

    /** Stores of which the connections lead to public addresses only. */
    public SdkObjectStores(UploadLedger ledger, StoreSettings settings) {
        this(ledger, settings, NetworkPolicy.DEFAULT);
    }

    public SdkObjectStores(UploadLedger ledger, StoreSettings settings, EndpointRules rules) {
        this(ledger, settings, NetworkPolicy.of(rules));
    }

    public SdkObjectStores(UploadLedger ledger, StoreSettings settings, NetworkPolicy policy) {
        this(ledger, settings, policy, new Reads(settings));
    }

    public SdkObjectStores(UploadLedger ledger, StoreSettings settings, LongFunction<ReadPace> paces) {
        this(ledger, settings, NetworkPolicy.DEFAULT, new Reads(settings, paces));
    }

    private SdkObjectStores(UploadLedger ledger, StoreSettings settings, NetworkPolicy policy, Reads reads) {
        this.ledger = ledger;
        this.settings = settings;
        this.policy = policy;
        this.reads = reads;
        clients = new SdkClients(new SdkClientFactory(settings, policy));
        // Half of a client's connections, at most, carry parts: there is always one left for the upload itself.
        threads = new ThreadPoolExecutor(
                0,
                Math.max(1, settings.maxConnections() / 2),
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons("s3-part"));
        // Bounded by the walks themselves and by each client's limit: so a store that does not answer keeps the threads
        // that wait for it, and takes none from others.
        listers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("s3-list"));
        lists = new Lists(settings, listers);
        writes = new Writes(ledger, settings, threads);
    }

    @Override
    public ObjectStore open(StoreAccess access) {
        clients.use(access);
        return new SdkObjectStore(access, clients, lists, reads, writes);
    }

    @Override
    public ProbeReport probe(StoreAccess access, ProbeRequest request, Consumer<ProbeRow> noted) {
        return new StoreProbe(access, new SdkClientFactory(settings.impatient(), policy), ledger).run(request, noted);
    }

    @Override
    public Optional<String> region(StoreAccess access, String bucket) {
        return new RegionFinder(new SdkClientFactory(settings.impatient(), policy)).find(access, bucket);
    }

    @Override
    public EventQueue queue(StoreAccess access, QueueUrl url) {
        return new SdkEventQueue(settings, policy, access, url);
    }

    @Override
    public void forget(long connectionId) {
        clients.forget(connectionId);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        reads.close();
        listers.shutdownNow();
        clients.close();
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Clients that are open. */
    public int clients() {
        return clients.size();
    }

    /** Bodies that are open. */
    int bodies() {
        return clients.bodies();
    }

    /** Memory for parts that nobody holds, in bytes. */
    public long freeBuffers() {
        return writes.freeBuffers();
    }

    /** Memory for what is fetched ahead that nobody holds, in bytes. */
    long freeReadBuffers() {
        return reads.freeBytes();
    }
}
