package dev.wharf.running;

import dev.wharf.engine.file.Reading;
import dev.wharf.engine.profile.Profile;
import dev.wharf.engine.run.Engine;
import dev.wharf.engine.run.EngineRun;
import dev.wharf.engine.run.EngineSource;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.problem.ProblemException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the engine make what a run was asked for, one after the other, while the run is this process's. */
public final class RunResults {
    private static final Logger LOG = LoggerFactory.getLogger(RunResults.class);

    private final Engine engine;
    private final long partBytes;

    /** @param partBytes the size from which on another part of a result is begun, where it may have several */
    public RunResults(Engine engine, long partBytes) {
        this.engine = engine;
        this.partBytes = partBytes;
    }

    /**
     * Writes all results.
     *
     * @throws ProblemException 503 if another process has taken the run over
     */
    void write(Run run, Reading reading, Claims claims) {
        for (int i = 0; i < run.settings().size(); i++) {
            require(run, claims);
            WriteSetting setting = run.settings().get(i);
            var wanted = new EngineRun(
                    source(run, reading),
                    setting.format(),
                    setting.compression(),
                    setting.csv(),
                    run.resultName(i),
                    setting.singleFile() ? 0 : partBytes);
            claims.interruptibly(run.state().jobId(), () -> run.written()
                    .add(engine.run(wanted).files()));
        }
    }

    /**
     * Makes the profile. One that cannot be made is missed by nobody but its readers: the results go on without it.
     *
     * @return what there is to say of it, or why there is none; null for nothing
     * @throws ProblemException 503 if another process has taken the run over
     */
    String profile(Run run, Reading reading, Claims claims) {
        require(run, claims);
        try {
            var made = new Profile[1];
            claims.interruptibly(run.state().jobId(), () -> made[0] = engine.profile(source(run, reading)));
            run.profile().addAll(ProfileFiles.write(made[0], run.folder()));
            return made[0].columns().size() == made[0].allColumns()
                    ? null
                    : "The profile is of the first " + made[0].columns().size() + " of " + made[0].allColumns()
                            + " columns";
        } catch (ProblemException | UncheckedIOException failure) {
            require(run, claims);
            String reason = failure instanceof ProblemException problem ? problem.detail() : failure.toString();
            LOG.warn("Job group {} has no profile: {}", run.jobGroupId(), reason);
            return "No profile was made: " + reason;
        }
    }

    private static EngineSource source(Run run, Reading reading) {
        return new EngineSource(
                run.folder(), run.fetching().inputs(), reading, !run.dataset().disableTypeInference());
    }

    private static void require(Run run, Claims claims) {
        claims.require(run.state().jobId(), run.jobGroupId());
    }
}
