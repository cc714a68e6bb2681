package dev.wharf.jobs;

import dev.wharf.identity.Caller;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.parameters.RunValues;
import dev.wharf.parameters.environment.EnvironmentValues;
import dev.wharf.storage.ResultPath;
import dev.wharf.storage.StoreDirectory;
import java.time.Clock;
import java.util.List;

/** Whether results may go where somebody wants them, as far as that can be told without asking the store. */
public final class ResultPlaces {
    private final StoreDirectory stores;
    private final StorageFolders folders;
    private final JobFolders jobFolders;
    private final Settings.Limits limits;
    private final EnvironmentValues environment;
    private final Clock clock;

    /** @param limits that results have to keep, wherever they go */
    public ResultPlaces(
            StoreDirectory stores,
            StorageFolders folders,
            JobFolders jobFolders,
            Settings.Limits limits,
            EnvironmentValues environment,
            Clock clock) {
        this.stores = stores;
        this.folders = folders;
        this.jobFolders = jobFolders;
        this.limits = limits;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * The settings as they would be in a run that begins now and says nothing of parameters.
     *
     * @throws ProblemException 400 if one does not come to a path
     */
    public List<WriteSetting> byDefault(Caller caller, List<WriteSetting> settings) {
        return settings.stream()
                .map(setting -> setting.at(RunValues.of(null, environment.of(caller, setting.keys()), clock.instant())))
                .toList();
    }

    /**
     * @param settings where their paths vary, they are looked at as they are by default
     * @throws ProblemException 404 for an unknown connection, 400 or 403 for a place that the caller's results may not
     *     go to, 400 for a result of a kind that the limits rule out
     */
    public void require(Caller caller, List<WriteSetting> settings) {
        String baseBucket = stores.defaultBucket(caller, null).orElse("");
        byDefault(caller, settings).forEach(setting -> {
            setting.refuseLimited(limits);
            ResultPath.check(setting.path(), baseBucket);
            stores.require(caller, setting.path());
            ResultPath.requireOwn(caller, folders, setting.path(), baseBucket);
            jobFolders.refuseWithin(setting.path());
        });
    }

    /** What is written of settings that are allowed. */
    public List<WriteSetting> within(List<WriteSetting> settings) {
        return settings.stream().map(setting -> setting.within(limits)).toList();
    }

    /** Holds the connections, until the caller's transaction ends, for what is about to point at them. */
    public void keep(Caller caller, List<WriteSetting> settings) {
        settings.forEach(setting -> stores.keep(caller, setting.path()));
    }
}
