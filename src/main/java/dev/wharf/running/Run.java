package dev.wharf.running;

import dev.wharf.datasets.Dataset;
import dev.wharf.identity.Caller;
import dev.wharf.jobs.DueMessage;
import dev.wharf.jobs.RunTable;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.parameters.ResolvedPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One attempt to carry a job out: what to read, what to write, and what was staged so far. Used by one
 * thread, but for {@link #fetching}.
 *
 * @see Runs
 */
public final class Run {
    private final RunTable.State state;
    private final Caller caller;
    private final Dataset dataset;
    private final ResolvedPath path;
    private final List<WriteSetting> settings;
    private final Path folder;
    private long manifestId;
    private Matches matches;
    private DueMessage announcement;
    private final Fetching fetching = new Fetching();
    private final List<List<Path>> written = new ArrayList<>();
    private final List<Path> profile = new ArrayList<>();

    /** @param path where files are found that match; null where the dataset's path does not vary */
    Run(
            RunTable.State state,
            Caller caller,
            Dataset dataset,
            ResolvedPath path,
            List<WriteSetting> settings,
            Path folder) {
        this.state = state;
        this.caller = caller;
        this.dataset = dataset;
        this.path = path;
        this.manifestId = state.manifestId();
        this.settings = settings;
        this.folder = folder;
    }

    public long jobGroupId() {
        return state.jobGroupId();
    }

    RunTable.State state() {
        return state;
    }

    /** Whether the results are there, to be announced. */
    public boolean isExecuted() {
        return announcement != null;
    }

    /** The message that says where the results lie; publishing takes it from here. Null before they are there. */
    public DueMessage announcement() {
        return announcement;
    }

    void announce(DueMessage message) {
        announcement = message;
    }

    /** The files that are read; 0 before they are found. */
    long manifestId() {
        return manifestId;
    }

    /** What is being found; null where that is known already. */
    Matches matches() {
        return matches;
    }

    void find(Matches finding) {
        matches = finding;
    }

    /** All were found, and are read by every attempt from here on. */
    void found() {
        manifestId = matches.manifest().manifestId();
        matches = null;
    }

    /** Where files are found that match; null where the dataset's path does not vary. */
    ResolvedPath path() {
        return path;
    }

    /** The fetch of its files. */
    Fetching fetching() {
        return fetching;
    }

    Caller caller() {
        return caller;
    }

    Dataset dataset() {
        return dataset;
    }

    List<WriteSetting> settings() {
        return settings;
    }

    Path folder() {
        return folder;
    }

    /** The name of the file that the engine writes for a setting, or of the folder of its parts. */
    String resultName(int setting) {
        return "result-" + setting
                + (settings.get(setting).singleFile() ? settings.get(setting).ending() : "");
    }

    /** What was written so far: of each setting, its files. */
    List<List<Path>> written() {
        return written;
    }

    /** The files of the profile; none where there is none. */
    List<Path> profile() {
        return profile;
    }
}
