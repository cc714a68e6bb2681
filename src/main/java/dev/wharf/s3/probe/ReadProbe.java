package dev.wharf.s3.probe;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ProbeRequest;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Tries what reading takes: listing a bucket and getting an object of it. */
final class ReadProbe {
    private static final int SAMPLES = 100;

    private final ClientLease lease;
    private final ProbeLog log;
    private final ProbeRequest request;

    ReadProbe(ClientLease lease, ProbeLog log, ProbeRequest request) {
        this.lease = lease;
        this.log = log;
        this.request = request;
    }

    /** Begins a session of the role, so that what stands in its way is told before the store is asked. */
    void assumeRole() {
        log.attempt(ProbeStep.ASSUME_ROLE, null, lease::signIn, signed -> "The role can be assumed");
    }

    void listBuckets() {
        if (log.skips(ProbeStep.LIST_BUCKETS, null)) {
            return;
        }
        try {
            int count = lease.buckets().buckets().size();
            log.allowed(
                    ProbeStep.LIST_BUCKETS, null, count == 1 ? "One bucket is listed" : count + " buckets are listed");
        } catch (StoreException e) {
            String remark = e.kind() != Kind.DENIED
                    ? ""
                    : request.bucket() == null
                            ? "; without it and without a default bucket S3 cannot be browsed: set bucket, or grant it"
                            : "; the connection does without, and shows " + request.bucket() + " alone";
            log.failed(ProbeStep.LIST_BUCKETS, null, e, remark);
        }
    }

    /** Lists the whole bucket; where only the folder may be listed, that. What is found there can be read next. */
    Optional<ObjectInfo> list() {
        return log.attempt(ProbeStep.LIST, folder(), this::samples, Samples::message)
                .flatMap(Samples::best);
    }

    /** Reads the first byte of an object. */
    void get(ObjectInfo object) {
        if (object.archived()) {
            log.skip(ProbeStep.GET, object.key(), "not tried: all that was found is archived and cannot be read");
            return;
        }
        log.attempt(ProbeStep.GET, object.key(), () -> read(object), byteRead -> "An object can be read");
    }

    /** Reads no more than the first byte, and nothing of what follows. */
    private Integer read(ObjectInfo object) {
        return lease.ask(S3Operation.GET_LISTED, request.bucket(), object.key(), client -> {
            try (ResponseInputStream<GetObjectResponse> in = client.getObject(get ->
                    get.bucket(request.bucket()).key(object.key()).range(object.size() > 1 ? "bytes=0-0" : null))) {
                int first = in.read();
                if (first >= 0) {
                    in.abort(); // to close it would read all the rest
                }
                return first;
            } catch (IOException e) {
                throw SdkClientException.create("The object broke off", e);
            }
        });
    }

    private String folder() {
        return request.prefix().isEmpty() ? null : request.prefix();
    }

    private record Samples(List<ObjectInfo> objects, String message) {
        /** One that can be read and has something to read, if there is one. */
        private Optional<ObjectInfo> best() {
            return objects.stream()
                    .min(Comparator.comparing(ObjectInfo::archived).thenComparing(one -> one.size() == 0));
        }
    }

    private Samples samples() {
        if (request.prefix().isEmpty()) {
            return found(page(""), "The bucket can be listed");
        }
        boolean whole = true;
        try {
            page("");
        } catch (StoreException e) {
            if (e.kind() != Kind.DENIED) {
                throw e;
            }
            whole = false;
        }
        return found(
                page(request.prefix()),
                whole
                        ? "The bucket can be listed"
                        : "Only this folder can be listed, not the whole bucket: browse it by its path");
    }

    private static Samples found(List<ObjectInfo> objects, String message) {
        return new Samples(objects, objects.isEmpty() ? message + "; no object to read was found" : message);
    }

    private List<ObjectInfo> page(String prefix) {
        return lease.list(request.bucket(), prefix, listing -> listing.bucket(request.bucket())
                        .prefix(prefix)
                        .maxKeys(SAMPLES)
                        .encodingType(EncodingType.URL))
                .objects();
    }
}
