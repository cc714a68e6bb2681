package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.publishing.PublishJob.Result;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The body that announces results of another engine over HTTP: as a message does, but for the caller, and with files that are
 * sent over HTTP as well. Files on this service's own disk are for messages, since whoever may send those is trusted.
 *
 * @param announcedAs the engine's own id of the job, at most 255 characters: the same one again is the same job
 * @param execution the environment that made the results, such as {@code spark}
 * @param results whose files are {@code upload:<name>} or {@code s3://…}
 */
public record AnnounceRequest(String announcedAs, String name, String execution, List<Result> results)
        implements RequestBody {
    private static final long NOBODY = 0;

    public AnnounceRequest {
        var checked = new PublishJob(null, announcedAs, NOBODY, name, execution, results, null);
        results = checked.results();
        Set<String> names = new HashSet<>();
        var faults = new Faults();
        results.forEach(result -> result.files().forEach(file -> faults.check(() -> check(file, names))));
        faults.refuse();
    }

    private static void check(String file, Set<String> names) {
        if (file.startsWith("s3://")) {
            return;
        }
        if (!SentSource.is(file)) {
            throw ProblemException.invalid(
                    "results.files",
                    "has " + file + ": a file is upload:<name>, to be sent, or s3://<bucket>/<key>?connectionId=<id>");
        }
        SentSource.check(file);
        if (!names.add(file)) {
            throw ProblemException.invalid("results.files", "has " + file + " twice: give each file a name of its own");
        }
    }

    /** The message that gets the job done. */
    PublishJob message(Caller caller) {
        return new PublishJob(null, announcedAs, caller.membershipId(), name, execution, results, null);
    }
}
