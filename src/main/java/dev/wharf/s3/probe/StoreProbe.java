package dev.wharf.s3.probe;

import dev.wharf.network.CaCertificates;
import dev.wharf.s3.client.AnswerWatch;
import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.SdkClientFactory;
import dev.wharf.s3.client.StoreClient;
import dev.wharf.s3.fault.ClockSkew;
import dev.wharf.store.Credentials.Role;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ProbeReport;
import dev.wharf.store.ProbeRequest;
import dev.wharf.store.ProbeRow;
import dev.wharf.store.ProbeSettings;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreAccess.Checksums;
import dev.wharf.store.UploadLedger;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tries, one after another, the operations that a connection will need. It uses clients of its own, which know nothing
 * of what was learned before and give up early; what it puts into a bucket it removes again, also when a step fails or
 * the thread is interrupted.
 */
public final class StoreProbe {
    private final StoreAccess access;
    private final SdkClientFactory clients;
    private final UploadLedger ledger;
    private final AnswerWatch watch = new AnswerWatch();
    private Checksums checksums;
    private Boolean conditionalWrites;
    private String left;

    public StoreProbe(StoreAccess access, SdkClientFactory clients, UploadLedger ledger) {
        this.access = access;
        this.clients = clients;
        // A null connection is base storage to the ledger, and this is none of it.
        this.ledger = access.connectionId() == null ? new NoLedger() : ledger;
    }

    /** @param noted is given each row as soon as it is known; may not throw */
    public ProbeReport run(ProbeRequest request, Consumer<ProbeRow> noted) {
        var log = new ProbeLog(access, request, noted);
        try (ClientLease lease = lease(access, Checksums.WHEN_REQUIRED)) {
            var reading = new ReadProbe(lease, log, request);
            if (access.credentials() instanceof Role) {
                reading.assumeRole();
            }
            reading.listBuckets();
            if (request.bucket() != null) {
                tryBucket(request, lease, log, reading);
            }
        }
        log.doubtKeyPair();
        if (access.caCertificates() != null) {
            CaCertificates.of(access.caCertificates())
                    .warning(Instant.now())
                    .ifPresent(warning -> log.wrong(ProbeStep.CA_CERTIFICATE, null, warning));
        }
        watch.skew().filter(ClockSkew::isNotable).ifPresent(skew -> clock(log, skew));
        return new ProbeReport(
                log.rows(),
                new ProbeSettings(
                        watch.region() == null ? log.region() : watch.region(),
                        checksums,
                        conditionalWrites,
                        watch.skew().map(ClockSkew::minutes).orElse(null)),
                MinimalPolicy.of(access, request.bucket(), request.prefix(), request.purpose()),
                left);
    }

    private void tryBucket(ProbeRequest request, ClientLease lease, ProbeLog log, ReadProbe reading) {
        Optional<ObjectInfo> sample = reading.list();
        sample.ifPresent(reading::get);
        if (request.write()) {
            tryWriting(request, lease, log, written -> {
                if (sample.isEmpty()) {
                    reading.get(written);
                }
            });
            return;
        }
        if (sample.isEmpty()) {
            log.skip(ProbeStep.GET, null, "not tried, as there is no object to try it with");
        }
        log.skip(ProbeStep.PUT, null, "not tried, as this would write into the bucket: write=true allows it");
    }

    private void tryWriting(ProbeRequest request, ClientLease lease, ProbeLog log, Consumer<ObjectInfo> reading) {
        var canary = new Canary(lease, access, request.bucket(), request.prefix());
        var uploads = new UploadProbe(lease, ledger, access, log, canary);
        var all = access.withChecksums(Checksums.WHEN_SUPPORTED);
        var checking = new ChecksumProbe(() -> lease(all, Checksums.WHEN_SUPPORTED), log);
        var writing = new WriteProbe(lease, access, log, canary, uploads, checking);
        writing.run(() -> reading.accept(canary.written()));
        checksums = checking.suitable();
        conditionalWrites = writing.conditionalWrites();
        left = canary.mayExist() ? canary.key() : null;
    }

    private void clock(ProbeLog log, ClockSkew skew) {
        log.wrong(ProbeStep.CLOCK, null, "The clocks differ: " + skew.words(access.isAws()));
    }

    private ClientLease lease(StoreAccess by, Checksums sent) {
        StoreClient client = clients.probing(by, sent, watch);
        return new ClientLease(by, client, client::close);
    }
}
