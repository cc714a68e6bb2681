package dev.wharf.storage;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.People;
import dev.wharf.identity.people.PersonView;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Set;

/**
 * The base storage of a person ({@code domain.md} §3.9): the bucket, which is not theirs to choose, and their folders in
 * it. Administrators see and change everybody's.
 */
public final class BaseStorageConfigs {
    /** What may stand for the protocol; the one in use is the one that there is. */
    private static final Set<String> PROTOCOLS = Set.of("s3", "current");

    private final People people;
    private final StoreDirectory directory;
    private final AuditTrail trail;

    public BaseStorageConfigs(People people, StoreDirectory directory, AuditTrail trail) {
        this.people = people;
        this.directory = directory;
        this.trail = trail;
    }

    /**
     * @param id a person's number, or {@code current}
     * @throws ProblemException 403 for another person's, unless the caller is an administrator; 404 if there is no such
     *     person
     */
    @Operation("getBaseStorageConfigs")
    public BaseStorageView get(Caller caller, String id) {
        return of(owner(caller, id, "getBaseStorageConfigs"));
    }

    /**
     * The same of one protocol.
     *
     * @param protocol {@code s3}, or {@code current} for the one in use
     * @throws ProblemException 404 for another one; 403 and 404 as above
     */
    @Operation("getBaseStorageConfig")
    public BaseStorageView.S3 get(Caller caller, String id, String protocol) {
        Caller owner = owner(caller, id, "getBaseStorageConfig");
        if (protocol == null || !PROTOCOLS.contains(protocol)) {
            throw new ProblemException(
                    Problem.NOT_FOUND, "There is no base storage with the protocol " + protocol + ": ask for s3");
        }
        return of(owner).s3();
    }

    /**
     * Changes the folders that the body names, and answers what holds then.
     *
     * @throws ProblemException 400 for another bucket, or a folder that cannot be; 409 for somebody else's; 412 if it is
     *     no longer the version that {@code If-Match} names; 403 and 404
     *     as above
     */
    @Operation("putBaseStorageConfigs")
    public BaseStorageView put(Caller caller, String id, BaseStorageRequest request, IfMatch believed) {
        Caller owner = owner(caller, id, "putBaseStorageConfigs");
        BaseStorageRequest.S3 asked = request.s3();
        requireSame(asked.baseURL(), baseUrl(owner));
        people.update(caller, "current", owner.personId(), asked.folders(), believed);
        return of(owner);
    }

    private Caller owner(Caller caller, String id, String operation) {
        return trail.attempt(caller, AuditedAction.of(operation), () -> people.storageOwner(caller, id));
    }

    private static void requireSame(String asked, String baseUrl) {
        if (asked != null && !asked.replaceFirst("/$", "").equals(baseUrl)) {
            throw ProblemException.invalid(
                    "baseURL",
                    "is " + asked + ", and cannot be chosen here: "
                            + (baseUrl == null ? "no base storage is set up" : "it is " + baseUrl) + ". Leave it out");
        }
    }

    private BaseStorageView of(Caller owner) {
        PersonView person = people.get(owner, owner.personId());
        return new BaseStorageView(
                new BaseStorageView.S3(baseUrl(owner), person.outputHomeDir(), person.uploadDir(), person.updatedAt()));
    }

    private String baseUrl(Caller owner) {
        return directory
                .defaultBucket(owner, null)
                .map(bucket -> "s3://" + bucket)
                .orElse(null);
    }
}
