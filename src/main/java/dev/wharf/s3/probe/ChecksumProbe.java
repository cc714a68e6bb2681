package dev.wharf.s3.probe;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.store.StoreAccess.Checksums;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Tries whether a store understands the checksums that the SDK adds by itself, which many S3-compatible ones do not. */
final class ChecksumProbe {
    private final Supplier<ClientLease> clients;
    private final ProbeLog log;
    private Checksums suitable;

    /**
     * @param clients of one that sends and asks for checksums wherever the SDK can
     */
    ChecksumProbe(Supplier<ClientLease> clients, ProbeLog log) {
        this.clients = clients;
        this.log = log;
    }

    /** Overwrites the canary, which is ours, and reads it. */
    void run(Canary canary) {
        if (log.skips(ProbeStep.DEFAULT_CHECKSUMS, canary.key())) {
            return;
        }
        try (ClientLease client = clients.get()) {
            canary.putBy(client);
            if (isReadBack(client, canary)) {
                suitable = Checksums.WHEN_SUPPORTED;
                log.allowed(ProbeStep.DEFAULT_CHECKSUMS, canary.key(), "The store understands the SDK's checksums");
            } else {
                unsuitable(canary, "what was written with them is read back as something else");
            }
        } catch (StoreException e) {
            boolean answered = e.getCause() instanceof SdkServiceException;
            if (e.kind() == Kind.DENIED || e.kind() == Kind.UNAVAILABLE && !answered) {
                log.failed(ProbeStep.DEFAULT_CHECKSUMS, canary.key(), e, "");
            } else {
                unsuitable(canary, e.getMessage());
            }
        }
    }

    /** The value to choose for the connection; null where it was not found out. */
    Checksums suitable() {
        return suitable;
    }

    private void unsuitable(Canary canary, String why) {
        suitable = Checksums.WHEN_REQUIRED;
        log.wrong(
                ProbeStep.DEFAULT_CHECKSUMS,
                canary.key(),
                "The store does not understand the SDK's checksums: choose params.checksums=WHEN_REQUIRED (" + why
                        + ")");
    }

    /** Some stores keep the framing of a body with checksums as if it were content. */
    private static boolean isReadBack(ClientLease client, Canary canary) {
        try {
            return client.ask(S3Operation.GET, canary.bucket(), canary.key(), sdk -> {
                try (var in = sdk.getObject(get -> get.bucket(canary.bucket()).key(canary.key()))) {
                    byte[] read = in.readNBytes(Canary.CONTENT.length + 1);
                    if (read.length > Canary.CONTENT.length) {
                        in.abort(); // to close it would read all the rest
                    }
                    return Arrays.equals(read, Canary.CONTENT);
                } catch (IOException e) {
                    throw SdkClientException.create("The object broke off", e);
                }
            });
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            return true; // what may not be read says nothing
        }
    }
}
