package dev.wharf.running;

import dev.wharf.engine.EngineInput;
import dev.wharf.identity.Caller;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One attempt to carry a job out: what to read, what to write, and what was staged so far. Used by one thread.
 *
 * @see Runs
 */
public final class Run {
    private final long jobGroupId;
    private final Caller caller;
    private final Dataset dataset;
    private final List<WriteSetting> settings;
    private final Path folder;
    private final boolean executed;
    private final List<EngineInput> inputs = new ArrayList<>();

    /** @param executed whether the engine has done its part already, in an attempt before this one */
    Run(long jobGroupId, Caller caller, Dataset dataset, List<WriteSetting> settings, Path folder, boolean executed) {
        this.jobGroupId = jobGroupId;
        this.caller = caller;
        this.dataset = dataset;
        this.settings = settings;
        this.folder = folder;
        this.executed = executed;
    }

    public long jobGroupId() {
        return jobGroupId;
    }

    public boolean isExecuted() {
        return executed;
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

    List<EngineInput> inputs() {
        return inputs;
    }

    /** Where the engine writes the result of a setting. */
    Path result(int setting) {
        return folder.resolve(
                "result-" + setting + "." + settings.get(setting).format().extension());
    }
}
