package dev.wharf.browse;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Admission;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.S3Uri;
import java.util.List;

/** The way into a store for whoever looks around in it: reads which place is meant, and checks who may go there. */
public final class Places {
    private final StoreDirectory directory;
    private final Admission admission;

    /**
     * @param admission of requests that look around
     */
    public Places(StoreDirectory directory, Admission admission) {
        this.directory = directory;
        this.admission = admission;
    }

    /**
     * Opens the place that a query names in {@code uri} and, where the uri does not say, {@code connectionId}. Close it
     * when the answer has been given: until then it counts as one of the requests under way on its connection.
     *
     * @throws ProblemException 400 for no address, 404 for a connection that the caller does not see, 503 where as many requests as may are under way on it
     */
    BrowsedPlace open(Caller caller, Query query) {
        return open(caller, query, admission);
    }

    /** The same for a request that counts among others of its kind. */
    BrowsedPlace open(Caller caller, Query query, Admission others) {
        return open(caller, uri(query), others);
    }

    /** The same for an address that was read before. */
    BrowsedPlace open(Caller caller, S3Uri uri, Admission others) {
        ObjectStore store = directory.sources(caller, uri.connectionId());
        return new BrowsedPlace(caller, uri, store, others.enter(caller, uri.connectionId()));
    }

    /** Lets a long answer break off when its caller may not go to the place any more. */
    void guard(Answer answer, BrowsedPlace place) {
        answer.onlyWhile(
                caller -> directory.sources((Caller) caller, place.uri().connectionId()));
    }

    /**
     * The connection's default bucket, where a place is a whole connection, it has one, and {@code allBuckets} is not
     * asked for; else the same place.
     */
    BrowsedPlace inDefaultBucket(BrowsedPlace place, Query query) {
        return place.uri().bucket().isEmpty() && !query.flag("allBuckets")
                ? directory
                        .defaultBucket(place.caller(), place.uri().connectionId())
                        .map(place::inBucket)
                        .orElse(place)
                : place;
    }

    private static S3Uri uri(Query query) {
        return onConnection(query.require("uri"), query);
    }

    /**
     * All places that a query names, where it may name several.
     *
     * @throws ProblemException 400 for no address
     */
    static List<S3Uri> uris(Query query) {
        List<S3Uri> uris =
                query.all("uri").stream().map(uri -> onConnection(uri, query)).toList();
        if (uris.isEmpty()) {
            query.require("uri");
        }
        return uris;
    }

    private static S3Uri onConnection(String uri, Query query) {
        return query.id("connectionId").map(S3Uri.parse(uri)::onConnection).orElseGet(() -> S3Uri.parse(uri));
    }
}
