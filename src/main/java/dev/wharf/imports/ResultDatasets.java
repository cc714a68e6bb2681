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
import dev.wharf.jobs.WrittenFile;
import dev.wharf.jobs.WrittenFiles;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.S3Uri;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes datasets of the results of jobs: as any import does, with the rights of whoever wants them. */
public final class ResultDatasets {
    private static final Logger LOG = LoggerFactory.getLogger(ResultDatasets.class);

    private final Database database;
    private final ResultDatasetTable table;
    private final JobGroupTable groups;
    private final WrittenFiles written;
    private final Imports imports;
    private final Identities identities;
    private final int attempts;

    /** @param attempts how often an import is begun that cannot be carried out before it has failed */
    public ResultDatasets(
            Database database, ResultDatasetTable table, Imports imports, Identities identities, int attempts) {
        this.database = database;
        this.table = table;
        this.groups = new JobGroupTable(database);
        this.written = new WrittenFiles(database);
        this.imports = imports;
        this.identities = identities;
        this.attempts = attempts;
    }

    /**
     * Begins the import of one output of a job.
     *
     * @param output from 1
     * @throws ProblemException 404 if the caller has no such job, or it no such output; 409 if its results are not complete
     */
    public Importing beginOutput(Caller caller, long jobGroupId, long output, ResultDatasetRequest request) {
        Object status = groups.group(caller, jobGroupId)
                .orElseThrow(() -> Ids.notFound("job group", jobGroupId))
                .get("status");
        if (!status.equals("Complete")) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "Job group " + jobGroupId + " is " + status
                            + ", and datasets are made of the results of one that is Complete");
        }
        return begin(caller, jobGroupId, output, request.name(), request.description());
    }

    private Importing begin(Caller caller, long jobGroupId, long output, String name, String description) {
        List<WrittenFile> files = written.of(jobGroupId, output);
        if (files.isEmpty()) {
            throw new ProblemException(
                    Problem.NOT_FOUND,
                    "Job group " + jobGroupId + " has written no output " + output + ": GET /v4/jobGroups/" + jobGroupId
                            + "/outputs names them");
        }
        var request = new ImportRequest(
                place(files),
                null,
                name,
                description,
                false,
                dialect(files.get(0)),
                ImportOptions.of(null, null, null, null));
        return imports.begin(caller, request).expecting(new ExpectedFiles(files));
    }

    /** The file or, where there are several, the folder in which they lie. */
    private static S3Uri place(List<WrittenFile> files) {
        S3Uri first = files.get(0).place();
        return files.size() == 1
                ? first
                : first.withKey(first.key().substring(0, first.key().lastIndexOf('/') + 1));
    }

    /**
     * Whoever has written a file knows whether its first row names the columns, and nobody has to guess. A publication copies
     * what another job has written.
     */
    private TextDialect dialect(WrittenFile file) {
        WrittenFile first = file;
        for (var from = Optional.of(file); from.isPresent(); ) {
            first = from.get();
            from = written.published(first.jobGroupId(), first.source());
        }
        List<WriteSetting> settings = groups.writeSettings(first.jobGroupId());
        int output = Math.toIntExact(first.output());
        if (output > settings.size() || settings.get(output - 1).format() != ResultFormat.CSV) {
            return TextDialect.sent(null, null, null, null);
        }
        var csv = settings.get(output - 1).csv();
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
        return begin(caller, wanted.jobGroupId(), wanted.outputNo(), wanted.name(), null);
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
