package dev.wharf.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.S3Uri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the {@code wrangledDataset} of a job stands for: a recipe, or an imported dataset itself. Their ids are one sequence, so
 * that it is never both.
 */
public final class JobInputs {
    private final Database database;
    private final DatasetTable datasets;
    private final RunInputs runs;

    public JobInputs(Database database) {
        this.database = database;
        this.datasets = new DatasetTable(database);
        this.runs = new RunInputs(database);
    }

    /**
     * @throws ProblemException 404 if there is neither a recipe nor a dataset of that id which the caller may see, or the recipe's
     *     dataset is gone; 410 if the recipe was deleted
     */
    public JobInput require(Caller caller, long id) {
        Optional<Recipe> recipe = recipe(id)
                .filter(found -> found.workspaceId() == caller.workspaceId())
                .filter(found -> mine(caller, found.ownerId()));
        if (recipe.isEmpty()) {
            return JobInput.of(datasets.require(caller, id, "imported dataset or recipe"));
        }
        if (recipe.get().deletedAt() != null) {
            throw new ProblemException(Problem.GONE, "The recipe " + id + " was deleted");
        }
        long read = recipe.get().datasetId();
        Dataset dataset = dataset(caller, read)
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_FOUND,
                        "Recipe " + id + " reads dataset " + read + ", which was deleted or which you may not see: have"
                                + " it read another one (PUT /v4/wrangledDatasets/" + id + "/primaryInputDataset)"));
        return new JobInput(dataset, recipe.get());
    }

    /**
     * A job that takes the results of another one to another place.
     *
     * @param source the other one
     * @param path where to, as it was asked for
     * @param results which files of the other one
     */
    public record Published(long source, String path, List<S3Uri> results) {
        private Map<String, Object> view() {
            return input("results of job group " + source, results, false, (long) results.size());
        }
    }

    /** What a job publishes and where to; empty where it runs a dataset, or another engine has announced its results. */
    public Optional<Published> published(long jobGroupId) {
        return database.sql("jobs/publishes")
                .param("jobGroup", jobGroupId)
                .query((row, number) -> new Published(
                        row.getLong("published_from"), row.getString("published_to"), files(row.getString("document"))))
                .optional();
    }

    /** The files that the message of a publication names. */
    private static List<S3Uri> files(String message) {
        List<S3Uri> files = new ArrayList<>();
        Json.read(message, JsonNode.class).path("results").forEach(result -> result.path("files")
                .forEach(file -> files.add(S3Uri.parse(file.asText()))));
        return files;
    }

    /**
     * What a job group reads, as the API shows it: its dataset, of one whose path varies what was matched for the job; of a
     * publication the results that it copies; nothing where another engine has announced the results.
     */
    public List<Map<String, Object>> of(long jobGroupId) {
        Optional<Published> published = published(jobGroupId);
        if (published.isPresent()) {
            return List.of(published.get().view());
        }
        return runs
                .of(jobGroupId)
                .map(read -> input(read.name(), read.places(), read.isPattern(), read.files()))
                .stream()
                .toList();
    }

    private static Map<String, Object> input(String name, List<S3Uri> places, boolean isPattern, Long files) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("name", name);
        input.put("inputs", places.stream().map(JobInputs::place).toList());
        input.put("isPattern", isPattern);
        input.put("files", files);
        return input;
    }

    private static Map<String, Object> place(S3Uri source) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("type", "s3");
        input.put("uri", source.toString());
        input.put("bucket", source.bucket());
        input.put("path", "/" + source.key());
        input.put("connectionId", source.connectionId());
        return input;
    }

    private Optional<Dataset> dataset(Caller caller, long id) {
        return datasets.ready(id, caller.workspaceId()).filter(found -> mine(caller, found.ownerId()));
    }

    private static boolean mine(Caller caller, long owner) {
        return owner == caller.personId() || caller.isWorkspaceAdmin();
    }

    /** What {@code embed=wrangledDataset} shows of what a job was asked for, also if it was deleted since. */
    public Map<String, Object> view(long id) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", id);
        var recipe = recipe(id);
        if (recipe.isPresent()) {
            view.put("uuid", recipe.get().uuid());
            view.put("name", recipe.get().name());
        } else {
            Dataset dataset = datasets.of(id);
            view.put("uuid", dataset.uuid());
            view.put("name", dataset.name());
        }
        return view;
    }

    /** The recipes of a flow that have something to write in jobs that people start. */
    public List<Recipe> ofFlow(long flow) {
        return database.sql("jobs/recipes-with-output")
                .param("flow", flow)
                .query(JobInputs::row)
                .list();
    }

    /**
     * What was saved for a recipe to write.
     *
     * @param adhoc in jobs that people start, or else in those of schedules
     */
    public List<WriteSetting> saved(Recipe recipe, boolean adhoc) {
        return database.sql("jobs/saved-write-settings")
                .param("recipe", recipe.id())
                .param("adhoc", adhoc)
                .query((row, number) -> WriteSettingColumns.saved(row))
                .list();
    }

    /**
     * Whether a profile was saved as wanted for what a recipe writes.
     *
     * @param adhoc as for {@link #saved}
     */
    public boolean isProfiled(Recipe recipe, boolean adhoc) {
        return database.sql("jobs/saved-profiler")
                .param("recipe", recipe.id())
                .param("adhoc", adhoc)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private Optional<Recipe> recipe(long id) {
        return database.sql("jobs/recipe").param("id", id).query(JobInputs::row).optional();
    }

    private static Recipe row(ResultSet row, int number) throws SQLException {
        var deletedAt = row.getTimestamp("deleted_at");
        return new Recipe(
                row.getLong("id"),
                row.getString("uuid"),
                row.getString("name"),
                row.getLong("workspace_id"),
                row.getLong("owner_id"),
                row.getLong("dataset_id"),
                deletedAt == null ? null : deletedAt.toInstant());
    }
}
