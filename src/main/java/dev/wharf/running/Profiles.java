package dev.wharf.running;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dev.wharf.identity.Caller;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobList;
import dev.wharf.jobs.JobList.PublishedFile;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.S3Uri;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The profiles of jobs. They hold values of the results, so they lie beside them and nowhere else, and are read there with the
 * rights of whoever asks.
 */
public final class Profiles {
    /** Keeps all digits of decimals. */
    private static final ObjectReader DIGITS = Json.mapper()
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private final JobGroupTable groups;
    private final JobList jobs;
    private final StoreDirectory stores;

    public Profiles(JobGroupTable groups, JobList jobs, StoreDirectory stores) {
        this.groups = groups;
        this.jobs = jobs;
        this.stores = stores;
    }

    /**
     * The profile of a job, as it was published beside its first result.
     *
     * @throws ProblemException 404 if the caller has no such job; 400 where none was made, as clients of the v4 API know it; what
     *     the store says where the caller may not read it, or it was changed or removed since
     */
    @Operation(value = "getJobGroupProfile", waitsForStores = true)
    public Map<String, Object> profile(Caller caller, long id) {
        Map<String, Object> group = groups.group(caller, id).orElseThrow(() -> Ids.notFound("job group", id));
        List<PublishedFile> files = jobs.profile(id);
        if (files.isEmpty()) {
            throw new ProblemException(Problem.NO_PROFILE, "Job group " + id + " has no profile: " + reason(group));
        }
        Map<String, Object> profile = new LinkedHashMap<>();
        files.forEach(file -> profile.put(name(file.uri()), content(caller, file)));
        return profile;
    }

    /**
     * The profile of a job as a PDF, of which there is none.
     *
     * @throws ProblemException 404 if the caller has no such job; else 400, as clients ask again for as long as it is 404
     */
    @Operation("getJobGroupPdfResults")
    public void pdf(Caller caller, long id) {
        groups.group(caller, id).orElseThrow(() -> Ids.notFound("job group", id));
        throw new ProblemException(
                Problem.NO_PROFILE,
                "Profiles are not made as PDF; GET /v4/jobGroups/" + id + "/profile has it as JSON");
    }

    private static String reason(Map<String, Object> group) {
        if (group.get("profilingEnabled").equals(false)) {
            return "it was not asked for one (\"profiler\": true in overrides or in the output object)";
        }
        if (group.get("status").equals("Complete")) {
            return String.valueOf(group.get("warning"));
        }
        return "it is there when the job is Complete, and this one is " + group.get("status");
    }

    private static String name(S3Uri uri) {
        return uri.name().replaceFirst("\\.json$", "");
    }

    private JsonNode content(Caller caller, PublishedFile file) {
        S3Uri uri = file.uri();
        try (var in = stores.store(caller, uri.connectionId()).read(uri.bucket(), uri.key(), file.etag())) {
            // As long as it was written, and not as somebody may have made it since.
            byte[] bytes = in.readNBytes(Math.toIntExact(file.size()));
            return DIGITS.readTree(bytes);
        } catch (IOException e) {
            throw new ProblemException(Problem.STORE_UNAVAILABLE, uri.location() + " cannot be read: " + e, e);
        }
    }
}
