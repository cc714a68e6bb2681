package dev.wharf.imports;

import dev.wharf.datasets.ImportOptions;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.identity.Caller;
import dev.wharf.identity.Origin;
import dev.wharf.identity.login.Identities;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.ResultDatasetTable;
import dev.wharf.jobs.WantedDataset;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes datasets of the results of jobs: as any import does, with the rights of whoever wants them. */
public final class ResultDatasets {
    private static final Logger LOG = LoggerFactory.getLogger(ResultDatasets.class);

    private final Database database;
    private final ResultDatasetTable table;
    private final JobGroupTable groups;
    private final Imports imports;
    private final Identities identities;
    private final int attempts;

    /** @param attempts how often an import is begun that cannot be carried out before it has failed */
    public ResultDatasets(
            Database database, ResultDatasetTable table, Imports imports, Identities identities, int attempts) {
        this.database = database;
        this.table = table;
        this.groups = new JobGroupTable(database);
        this.imports = imports;
        this.identities = identities;
        this.attempts = attempts;
    }

    /**
     * What would import one output of a job.
     *
     * @param output from 1
     * @throws ProblemException 404 if the caller has no such job, or it no such output; 409 if its results are not complete
     */
    public ImportRequest request(Caller caller, long jobGroupId, long output, ResultDatasetRequest request) {
        Object status = groups.group(caller, jobGroupId)
                .orElseThrow(() -> Ids.notFound("job group", jobGroupId))
                .get("status");
        if (!status.equals("Complete")) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "Job group " + jobGroupId + " is " + status
                            + ", and datasets are made of the results of one that is Complete");
        }
        return request(jobGroupId, output, request.name(), request.description());
    }

    private ImportRequest request(long jobGroupId, long output, String name, String description) {
        var place = table.place(jobGroupId, output)
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_FOUND,
                        "Job group " + jobGroupId + " has written no output " + output + ": GET /v4/jobGroups/"
                                + jobGroupId + "/outputs names them"));
        return new ImportRequest(
                place,
                null,
                name,
                description,
                false,
                written(jobGroupId, output),
                ImportOptions.of(null, null, null, null));
    }

    /** Whoever has written a file knows whether its first row names the columns, and nobody has to guess. */
    private TextDialect written(long jobGroupId, long output) {
        List<WriteSetting> settings = groups.writeSettings(jobGroupId);
        if (output > settings.size() || settings.get((int) output - 1).format() != ResultFormat.CSV) {
            return TextDialect.sent(null, null, null, null);
        }
        var csv = settings.get((int) output - 1).csv();
        String delimiter = csv.delimiter() == '\t' ? "tab" : String.valueOf(csv.delimiter());
        return TextDialect.sent(csv.header(), csv.delimiter() < 128 ? delimiter : null, null, null);
    }

    /** For whom a dataset that was wanted is made. */
    public Caller caller(WantedDataset wanted) {
        return identities
                .byMembership(wanted.membershipId())
                .map(member -> member.by(Origin.job(wanted.jobGroupId())))
                .orElseThrow(
                        () -> new ProblemException(Problem.FORBIDDEN, "The person who started the job is no member"));
    }

    /** Begins the import of what was wanted. */
    public Importing begin(Caller caller, WantedDataset wanted) {
        return imports.begin(caller, request(wanted.jobGroupId(), wanted.outputNo(), wanted.name(), null));
    }

    /**
     * Shows the dataset, unless another process has made it meanwhile.
     *
     * @throws ProblemException as {@link Imports#complete}
     */
    public void complete(Caller caller, WantedDataset wanted, Importing importing) {
        database.inTransaction(() -> {
            imports.complete(caller, importing, null);
            if (!table.made(wanted, importing.datasetId())) {
                throw new ProblemException(
                        Problem.CONFLICT,
                        "The dataset of job group " + wanted.jobGroupId() + " was made by another node");
            }
        });
    }

    /** Lets a failed import be tried again or, where that is no use, the job say why there is no dataset. */
    public void fail(WantedDataset wanted, Throwable failure) {
        ProblemException problem = Problems.of(failure);
        if (problem.problem().transientFailure() && wanted.attempt() < attempts) {
            table.again(wanted);
            return;
        }
        table.fail(wanted, problem.detail());
        LOG.info("No dataset was made of the results of job group {}: {}", wanted.jobGroupId(), problem.detail());
    }
}
