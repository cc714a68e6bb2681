package dev.wharf.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharf.datasets.Dataset;
import dev.wharf.identity.Caller;
import dev.wharf.jobs.ReadPlace;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.ResolvedPath;
import dev.wharf.parameters.RunOverrides;
import dev.wharf.parameters.RunValues;
import dev.wharf.parameters.environment.EnvironmentValues;
import dev.wharf.storage.MatchedPlace;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.S3Uri;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a request says of the parameters of what its job reads and of where it writes: settled once, when it is accepted. */
final class JobParameters {
    private final StoreDirectory stores;
    private final EnvironmentValues environment;

    JobParameters(StoreDirectory stores, EnvironmentValues environment) {
        this.stores = stores;
        this.environment = environment;
    }

    /**
     * What comes of it for one job.
     *
     * @param kept with what it was resolved, as text; null where nothing varies
     * @param reads from where it reads
     * @param settings what it writes, and where
     */
    record Resolved(String kept, ReadPlace reads, List<WriteSetting> settings) {
        /** As far as that decides who may read there. */
        S3Uri place() {
            return reads.uri().withKey("");
        }
    }

    static boolean vary(Dataset dataset, List<WriteSetting> settings) {
        return dataset.parameters() != null || settings.stream().anyMatch(WriteSetting::varies);
    }

    /** The override keys of all parameters; those of one name are one parameter. */
    static Set<String> keys(Dataset dataset, List<WriteSetting> settings) {
        Set<String> keys = new TreeSet<>();
        if (dataset.parameters() != null) {
            keys.addAll(dataset.parameters().keys());
        }
        settings.forEach(setting -> keys.addAll(setting.keys()));
        return keys;
    }

    /**
     * Nothing is matched before the job runs; but what makes no sense, leads where the caller may not go, or would meet, is
     * refused here.
     *
     * @param given null where nothing was said
     * @param now from which dates are counted where nothing else was said
     * @throws ProblemException 400 for what fits no parameter, and for what comes of one; 403 for what the caller may not read
     */
    Resolved resolve(Caller caller, Dataset dataset, List<WriteSetting> settings, RunOverrides given, Instant now) {
        if (!vary(dataset, settings)) {
            if (given != null) {
                throw ProblemException.invalid(
                        "runParameters",
                        "says something of parameters, and neither dataset " + dataset.id()
                                + " nor where its results go has any");
            }
            WriteSetting.requireApart("The results of the job", settings);
            return new Resolved(null, new ReadPlace(dataset.source(), false), settings);
        }
        Set<String> keys = keys(dataset, settings);
        if (given != null) {
            given.requireFit(keys);
        }
        RunValues values = RunValues.of(given, environment.of(caller, keys), now);
        ReadPlace reads =
                dataset.parameters() == null ? new ReadPlace(dataset.source(), false) : place(caller, dataset, values);
        List<WriteSetting> resolved =
                settings.stream().map(setting -> setting.at(values)).toList();
        WriteSetting.requireApart("The results of the job", resolved);
        return new Resolved(values.keep(), reads, resolved);
    }

    private ReadPlace place(Caller caller, Dataset dataset, RunValues values) {
        ResolvedPath path = dataset.parameters().resolve(dataset.source(), values);
        MatchedPlace.open(stores, caller, path);
        String glob = path.pattern().glob();
        boolean fits = glob.getBytes(UTF_8).length <= S3Uri.MAX_KEY_BYTES;
        String key = fits ? glob : path.pattern().prefix();
        return new ReadPlace(new S3Uri(path.bucket(), key, path.connectionId()), true);
    }
}
