package dev.wharf.storage;

import dev.wharf.identity.Caller;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.LifecycleReport.Configuration;
import dev.wharf.storage.LifecycleReport.Kind;
import dev.wharf.storage.LifecycleReport.Rule;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StoreException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells what has accumulated in base storage ({@code seed.txt}, <i>Purging files</i>: nothing but temporary files is ever
 * removed), and writes the lifecycle configuration that would purge it. It applies nothing: what a bucket forgets is its
 * owner's to say.
 */
public final class Lifecycle {
    private static final String TEMPORARY = StorageFolders.TEMPORARY.substring(1) + "/";
    private static final String RESULTS = "trifacta/queryResults/";
    private static final String SAMPLES = RESULTS + ".trifacta/";
    private static final int MOST_DAYS = 36_500;
    private static final int USUAL_DAYS = 7;
    /** Of a bucket: S3 takes no more. */
    private static final int MOST_RULES = 1000;

    private final StoreDirectory stores;
    private final StorageFolders folders;
    private final URI endpoint;
    private final Duration patience;

    /**
     * @param endpoint of base storage; null for AWS S3
     * @param patience how long is looked, all in all
     */
    public Lifecycle(StoreDirectory stores, StorageFolders folders, URI endpoint, Duration patience) {
        this.stores = stores;
        this.folders = folders;
        this.endpoint = endpoint;
        this.patience = patience;
    }

    /**
     * @param query {@code bucket} of base storage, by default the one that keeps uploads and results; {@code temporaryDays} and
     *     {@code incompleteUploadDays}, 7 by default; {@code uploadsDays}, {@code resultsDays}, {@code samplesDays} for rules
     *     that purge those as well; results not without the samples that lie below them
     * @throws ProblemException 403 for anybody but administrators; 400 without base storage
     */
    @Operation(value = "getStorageLifecycle", waitsForStores = true)
    public LifecycleReport report(Caller caller, Query query) {
        caller.requireWorkspaceAdmin("see what has accumulated in base storage");
        Map<String, Kind> kinds = kinds(caller);
        List<String> notes = new ArrayList<>();
        var configuration = new Configuration(rules(query, kinds, notes)); // before a long look
        ObjectStore store = stores.store(caller, null);
        String bucket = query.get("bucket")
                .or(() -> stores.defaultBucket(caller, null))
                .orElseThrow(() -> new ProblemException(Problem.VALIDATION_FAILED, "There is no base storage"));
        var found = new Accumulation(kinds);
        long deadline = System.nanoTime() + patience.toNanos();
        boolean all = look(store, bucket, found, deadline);
        Boolean allUploads = lookForUploads(store, bucket, found, deadline, notes);
        if (!all) {
            notes.add(0, "Time was up after " + patience.toSeconds() + " s: there is more than is counted here");
        }
        if (found.parts().stream()
                .anyMatch(part -> part.incompleteUploads() > 0 && part.oldestIncompleteUpload() == null)) {
            notes.add(
                    "The store does not tell when uploads were begun: look at the incomplete ones before a rule aborts"
                            + " them, as some may still be going on");
        }
        return new LifecycleReport(
                bucket,
                !all,
                allUploads == null ? null : !allUploads,
                found.parts(),
                configuration,
                command(bucket, endpoint),
                notes);
    }

    static String command(String bucket, URI endpoint) {
        return "aws s3api put-bucket-lifecycle-configuration"
                + (endpoint == null ? "" : " --endpoint-url " + endpoint)
                + " --bucket " + bucket + " --lifecycle-configuration file://lifecycle.json";
    }

    private Map<String, Kind> kinds(Caller caller) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        folders.chosenOutputHomes(caller).forEach(home -> kinds.put(home.substring(1) + "/", Kind.RESULTS));
        kinds.put(UploadsFolder.PREFIX, Kind.UPLOADS);
        kinds.put(RESULTS, Kind.RESULTS);
        kinds.put(SAMPLES, Kind.SAMPLES);
        kinds.put(TEMPORARY, Kind.TEMPORARY);
        return kinds;
    }

    private static boolean look(ObjectStore store, String bucket, Accumulation found, long deadline) {
        try (var objects = store.walk(bucket, "", ObjectStore.Order.ANY)) {
            for (Iterator<ObjectInfo> each = objects.iterator(); each.hasNext(); ) {
                found.add(each.next());
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether all were seen; null where they may not be. */
    private static Boolean lookForUploads(
            ObjectStore store, String bucket, Accumulation found, long deadline, List<String> notes) {
        try {
            return store.uploads(bucket, "", upload -> {
                found.add(upload);
                return System.nanoTime() - deadline < 0;
            });
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.DENIED) {
                throw e;
            }
            notes.add("Incomplete uploads are not counted: " + e.getMessage());
            return null;
        }
    }

    private static List<Rule> rules(Query query, Map<String, Kind> kinds, List<String> notes) {
        List<Rule> rules = new ArrayList<>();
        rules.add(Rule.abort("wharf-incomplete-uploads", days(query, "incompleteUploadDays", USUAL_DAYS)));
        Map<Kind, Integer> days = new LinkedHashMap<>();
        days.put(Kind.TEMPORARY, days(query, "temporaryDays", USUAL_DAYS));
        days.put(Kind.SAMPLES, days(query, "samplesDays", 0));
        days.put(Kind.RESULTS, days(query, "resultsDays", 0));
        days.put(Kind.UPLOADS, days(query, "uploadsDays", 0));
        if (days.get(Kind.RESULTS) > 0
                && (days.get(Kind.SAMPLES) == 0 || days.get(Kind.SAMPLES) > days.get(Kind.RESULTS))) {
            throw ProblemException.invalid(
                    "resultsDays",
                    "must come with samplesDays, of as many days or fewer: samples lie in " + SAMPLES
                            + ", and a rule for " + RESULTS + " purges them as well");
        }
        days.forEach((kind, after) -> kinds.forEach((prefix, other) -> {
            if (other == kind && after > 0) {
                rules.add(Rule.expire("wharf-" + kind.value() + "-" + rules.size(), prefix, after));
            }
        }));
        if (rules.size() > MOST_RULES) {
            throw ProblemException.invalid(
                    "resultsDays",
                    "would take " + rules.size() + " rules, one for each output home directory, and S3 takes "
                            + MOST_RULES);
        }
        notes.add(
                "Nothing was applied. The command replaces whatever lifecycle configuration the bucket has: take over its"
                        + " rules first (aws s3api get-bucket-lifecycle-configuration)");
        notes.add(
                days.get(Kind.SAMPLES) + days.get(Kind.RESULTS) + days.get(Kind.UPLOADS) == 0
                        ? "These rules purge temporary files and incomplete uploads only; uploads, results and samples stay"
                                + " unless a number of days is given for them as well"
                        : "These rules purge more than temporary files, as was asked for: what still reads those files, such as"
                                + " datasets over uploads or results, cannot after that");
        notes.add(
                "In a versioned bucket, Expiration hides objects and keeps their versions: add NoncurrentVersionExpiration");
        return rules;
    }

    private static int days(Query query, String name, int usual) {
        return query.number(name, usual, 1, MOST_DAYS);
    }
}
