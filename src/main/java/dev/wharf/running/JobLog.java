package dev.wharf.running;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditEvent;
import dev.wharf.identity.audit.AuditEvents;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobInputs;
import dev.wharf.jobs.JobList;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that is known of a job, fact by fact: each for a person and for a machine. It comes from rows, which hold no secrets. */
final class JobLog {
    private final JobGroupTable groups;
    private final JobList jobs;
    private final JobInputs inputs;
    private final AuditEvents audit;

    JobLog(JobGroupTable groups, JobList jobs, JobInputs inputs, AuditEvents audit) {
        this.groups = groups;
        this.jobs = jobs;
        this.inputs = inputs;
        this.audit = audit;
    }

    /** Takes facts, in their order. */
    interface Facts {
        /**
         * @param kind what it is of
         * @param fields for a machine
         * @param sentence for a person
         */
        void add(String kind, Object fields, String sentence) throws IOException;
    }

    /** @throws ProblemException 404 if the caller has no such job */
    Map<String, Object> require(Caller caller, long id) {
        return groups.group(caller, id).orElseThrow(() -> Ids.notFound("job group", id));
    }

    /** @param group as the API shows it */
    void tell(Caller caller, Map<String, Object> group, Facts facts) throws IOException {
        long id = (Long) group.get("id");
        facts.add(
                "jobGroup",
                group,
                "Job group " + id + " \"" + group.get("name") + "\" is " + group.get("status") + ". It was started at "
                        + group.get("createdAt") + " (" + group.get("ranfrom") + ", " + group.get("execution")
                        + "), and changed last at " + group.get("updatedAt") + ".");
        Optional<JobInputs.Published> published = inputs.published(id);
        if (published.isPresent()) {
            facts.add(
                    "source",
                    Map.of(
                            "jobGroup",
                            new Reference(published.get().source()),
                            "path",
                            published.get().path()),
                    "It publishes the results of job group " + published.get().source()
                            + " to another place, which was asked for as "
                            + published.get().path() + ".");
        }
        if (group.get("errorMessage") != null) {
            facts.add("error", Map.of("message", group.get("errorMessage")), "It failed: " + group.get("errorMessage"));
        }
        if (group.get("warning") != null) {
            facts.add("warning", Map.of("message", group.get("warning")), "Warning: " + group.get("warning"));
        }
        for (Map<String, Object> input : inputs.of(id)) {
            facts.add(
                    "input",
                    input,
                    "It reads the "
                            + (published.isPresent() ? input.get("name") : "dataset \"" + input.get("name") + "\"")
                            + ": " + places(input));
        }
        tellOutputs(id, facts);
        tellJobs(id, facts);
        tellEvents(caller, id, facts);
    }

    private static String places(Map<String, Object> input) {
        List<String> named = ((List<?>) input.get("inputs"))
                .stream()
                        .map(place -> String.valueOf(((Map<?, ?>) place).get("uri")))
                        .toList();
        Long files = (Long) input.get("files");
        boolean more = files != null && named.size() > 1 && files > named.size();
        return String.join(", ", named)
                + (more ? " and " + (files - named.size()) + " more" : "")
                + (Boolean.TRUE.equals(input.get("isPattern")) ? " (nothing has been matched)" : "");
    }

    private void tellOutputs(long id, Facts facts) throws IOException {
        int number = 1;
        for (WriteSetting setting : groups.writeSettings(id)) {
            Map<String, Object> asked = Map.of(
                    "output", number,
                    "path", setting.path().toString(),
                    "format", setting.format().extension(),
                    "compression", setting.compression().title());
            facts.add(
                    "output",
                    asked,
                    "Output " + number + " was asked for as " + setting.path() + " (" + asked.get("format")
                            + ", compression " + asked.get("compression") + ").");
            number++;
        }
    }

    private void tellJobs(long id, Facts facts) throws IOException {
        for (Map<String, Object> job : jobs.of(id)) {
            Object reason = job.get("errorMessage");
            boolean own = job.get("jobGroup").equals(new Reference(id));
            facts.add(
                    "job",
                    job,
                    "Job " + job.get("id") + " (" + job.get("jobType")
                            + (own ? "" : ", another publication of the results")
                            + ") is " + job.get("status") + ", attempt " + job.get("attempt") + " of "
                            + job.get("maxAttempts") + ", " + job.get("percentComplete") + " %, at "
                            + job.get("updatedAt") + (reason == null ? "." : ". The reason: " + reason));
        }
        for (Map<String, Object> file : jobs.scriptResults(id)) {
            facts.add(
                    "file",
                    file,
                    "Output " + file.get("output") + " was written: " + file.get("uri") + ", " + file.get("size")
                            + " bytes, ETag " + file.get("etag") + ".");
        }
    }

    private void tellEvents(Caller caller, long id, Facts facts) throws IOException {
        List<AuditEvent> page = audit.of(caller, "jobGroup/" + id, 0);
        while (!page.isEmpty()) {
            for (AuditEvent event : page) {
                String place = event.bucket() == null ? "" : " s3://" + event.bucket() + "/" + event.key();
                facts.add(
                        "audit",
                        event,
                        event.createdAt() + " " + event.operation() + place + " for "
                                + event.person().email() + ": " + event.outcome()
                                + (event.detail() == null ? "" : ", " + event.detail()));
            }
            page = audit.of(caller, "jobGroup/" + id, page.get(page.size() - 1).id());
        }
    }
}
