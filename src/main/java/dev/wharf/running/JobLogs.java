package dev.wharf.running;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditEvents;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobInputs;
import dev.wharf.jobs.JobList;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What happened to a job, as the zip that clients of the v4 API fetch: {@code job.txt} for people, {@code job.jsonl} for machines. */
public final class JobLogs {
    private final JobLog log;

    public JobLogs(JobGroupTable groups, JobList jobs, JobInputs inputs, AuditEvents audit) {
        this.log = new JobLog(groups, jobs, inputs, audit);
    }

    /**
     * Sends it while it is read.
     *
     * @throws ProblemException 404 if the caller has no such job
     */
    @Operation("getJobGroupLogs")
    public void send(Caller caller, long id, Answer answer) throws IOException {
        Map<String, Object> group = log.require(caller, id);
        var headers = Map.of(
                "content-type",
                "application/zip",
                "content-disposition",
                "attachment; filename=\"jobGroup-" + id + "-logs.zip\"");
        // Not closed where something fails: then the answer breaks off, and is taken by nobody for the whole.
        var zip = new ZipOutputStream(answer.begin(200, headers), StandardCharsets.UTF_8);
        zip.putNextEntry(new ZipEntry("job.txt"));
        log.tell(caller, group, (kind, fields, sentence) -> line(zip, onOneLine(sentence)));
        zip.closeEntry();
        zip.putNextEntry(new ZipEntry("job.jsonl"));
        log.tell(caller, group, (kind, fields, sentence) -> line(zip, Json.write(new Line(kind, fields))));
        zip.closeEntry();
        zip.close();
    }

    /** A fact for a machine. */
    private record Line(String kind, Object fact) {}

    private static void line(ZipOutputStream zip, String text) throws IOException {
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.write('\n');
    }

    /** Keys may hold whatever their owners like; here they begin no line, and tell a terminal nothing. */
    private static String onOneLine(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (Character.isISOControl(character) || character == 0x2028 || character == 0x2029) {
                line.append(String.format("\\u%04x", character));
            } else {
                line.appendCodePoint(character);
            }
        });
        return line.toString();
    }
}
