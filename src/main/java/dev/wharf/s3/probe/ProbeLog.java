package dev.wharf.s3.probe;

import dev.wharf.s3.fault.ConnectionErrors;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.s3.fault.StoreAnswer;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.store.Credentials.Role;
import dev.wharf.store.ProbeRequest;
import dev.wharf.store.ProbeRequest.Purpose;
import dev.wharf.store.ProbeRow;
import dev.wharf.store.ProbeRow.Outcome;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Notes how each step of a probe went. Once one has failed as all others would, those are skipped. */
final class ProbeLog {
    private static final Set<Kind> CONCERN_ALL =
            EnumSet.of(Kind.UNAVAILABLE, Kind.BAD_CREDENTIALS, Kind.CLOCK_SKEW, Kind.WRONG_REGION, Kind.NO_SUCH_BUCKET);

    private final StoreAccess access;
    private final String bucket;
    private final boolean hasBucket;
    private final String prefix;
    private final Purpose purpose;
    private final Consumer<ProbeRow> noted;
    private final List<ProbeRow> rows = new ArrayList<>();
    private ProbeStep obstacle;
    private String region;

    /** @param noted is given each row as soon as it is known */
    ProbeLog(StoreAccess access, ProbeRequest request, Consumer<ProbeRow> noted) {
        this.access = access;
        this.noted = noted;
        bucket = request.bucket();
        prefix = request.prefix();
        purpose = request.purpose();
        hasBucket = bucket != null;
    }

    /**
     * Tries something and notes how it went.
     *
     * @param said the row's message for what was answered
     * @return what was answered; empty where it failed or was skipped
     */
    <T> Optional<T> attempt(ProbeStep step, String key, Supplier<T> request, Function<T, String> said) {
        return attempt(step, key, request, said, "");
    }

    /**
     * As above.
     *
     * @param remark follows the words of a failure
     */
    <T> Optional<T> attempt(ProbeStep step, String key, Supplier<T> request, Function<T, String> said, String remark) {
        if (skips(step, key)) {
            return Optional.empty();
        }
        try {
            T answer = request.get();
            allowed(step, key, said.apply(answer));
            return Optional.of(answer);
        } catch (StoreException e) {
            failed(step, key, e, remark);
            return Optional.empty();
        }
    }

    /** Notes a step as skipped if nothing further will work. */
    boolean skips(ProbeStep step, String key) {
        if (isOver()) {
            skip(step, key, "not tried, as " + obstacle.label() + " failed");
        }
        return isOver();
    }

    void allowed(ProbeStep step, String key, String message) {
        add(step, Outcome.ALLOWED, needed(step), key, null, message);
    }

    void skip(ProbeStep step, String key, String why) {
        add(step, Outcome.SKIPPED, needed(step), key, null, why);
    }

    /** Something is not as it should be although the store has not refused anything. */
    void wrong(ProbeStep step, String key, String message) {
        add(step, Outcome.WRONG, needed(step), key, null, message);
    }

    /** @param remark follows the failure's own words */
    void failed(ProbeStep step, String key, StoreException failure, String remark) {
        boolean concernsAll = concernsAll(step, failure);
        StoreErrors.region(failure).ifPresent(right -> region = right);
        if (concernsAll && !isOver()) {
            obstacle = step;
        }
        boolean perhapsTls = rows.isEmpty() && access.isPlainHttp() && ConnectionErrors.isHungUp(failure);
        Outcome outcome = failure.kind() == Kind.DENIED ? Outcome.DENIED : Outcome.WRONG;
        add(
                step,
                outcome,
                concernsAll || needed(step),
                key,
                failure,
                failure.getMessage() + (perhapsTls ? ConnectionErrors.PERHAPS_TLS : remark));
    }

    /** The bucket may work although the store as a whole does not answer for all buckets. */
    private boolean concernsAll(ProbeStep step, StoreException failure) {
        if (step == ProbeStep.ASSUME_ROLE) {
            return true;
        }
        if (step == ProbeStep.PART_CHECKSUMS || step == ProbeStep.LIST_PARTS || step == ProbeStep.LIST_UPLOADS) {
            return false; // what is needed more has just worked
        }
        if (step == ProbeStep.LIST_BUCKETS && hasBucket) {
            boolean answered = failure.getCause() instanceof SdkServiceException;
            return failure.kind() == Kind.BAD_CREDENTIALS
                    || failure.kind() == Kind.CLOCK_SKEW
                    || failure.kind() == Kind.UNAVAILABLE && !answered;
        }
        return CONCERN_ALL.contains(failure.kind());
    }

    /** Where the bucket is, as far as a refusal has told; else null. */
    String region() {
        return region;
    }

    /** Whether nothing further will work. */
    boolean isOver() {
        return obstacle != null;
    }

    List<ProbeRow> rows() {
        return List.copyOf(rows);
    }

    private boolean needed(ProbeStep step) {
        if (step == ProbeStep.LIST_BUCKETS) {
            return !hasBucket || purpose == Purpose.BROWSE_ALL;
        }
        return purpose == Purpose.WRITE ? step.neededToWrite() : step.neededToRead();
    }

    /** Says what to look at first where all is denied, the listings included. */
    void doubtKeyPair() {
        if (DoubtedKeyPair.isLikely(access, rows)) {
            DoubtedKeyPair.say(rows);
        }
    }

    private void add(
            ProbeStep step, Outcome outcome, boolean needed, String key, StoreException failure, String message) {
        S3Operation operation = step.operation();
        String place = operation == null || !operation.ofBucket() ? null : bucket;
        String action = operation == null ? null : operation.action();
        String named = key == null ? prefix + "*" : key; // what is not tried has no key yet
        String resource = operation == null ? null : operation.resource(access.region(), place, named);
        if (step == ProbeStep.ASSUME_ROLE && access.credentials() instanceof Role role) {
            resource = role.arn();
        }
        Optional<StoreAnswer> answer = failure == null ? Optional.empty() : StoreErrors.answer(failure);
        Optional<String> kmsAction = answer.flatMap(StoreAnswer::kmsAction);
        if (kmsAction.isPresent() || step == ProbeStep.ENCRYPTED_UPLOAD) {
            action = kmsAction.orElse("kms:GenerateDataKey and kms:Decrypt");
            resource = answer.flatMap(StoreAnswer::kmsKey).orElse(access.kmsKeyId());
        }
        String field = failure == null ? null : ConnectionField.of(failure, access);
        var row = new ProbeRow(step.label(), outcome, needed, place, key, action, resource, field, message);
        rows.add(row);
        noted.accept(row);
    }
}
