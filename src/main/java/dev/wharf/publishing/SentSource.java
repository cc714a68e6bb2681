package dev.wharf.publishing;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The source of a file that whoever announces its job sends over HTTP: {@code upload:<name>}. Such a file has no place of its
 * own: its bytes go straight to where it is to be published, unseen until the job decides.
 */
final class SentSource {
    private static final String SCHEME = "upload:";
    private static final int MAX_BYTES = 255;

    private SentSource() {}

    static boolean is(String source) {
        return source.startsWith(SCHEME);
    }

    static String of(String name) {
        return SCHEME + name;
    }

    /** By which the file is announced and sent; may hold slashes, of which the last part is the file's own name. */
    static String name(String source) {
        return source.substring(SCHEME.length());
    }

    static String fileName(String source) {
        String name = name(source);
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /**
     * @throws ProblemException 400 for what is no name of a file
     */
    static void check(String source) {
        String name = Text.name("results.files", name(source), MAX_BYTES);
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw ProblemException.invalid(
                    "results.files", "has a name of more than " + MAX_BYTES + " bytes: " + source);
        }
        if (Arrays.stream(name.split("/", -1))
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
            throw ProblemException.invalid(
                    "results.files", "has a part that is empty, . or ..: " + source + " must be " + SCHEME + "<name>");
        }
    }

    /** Of one that is to be published, and did not come or was lost. */
    static ProblemException missing(String source, long jobGroupId) {
        return new ProblemException(
                Problem.VALIDATION_FAILED,
                source + " is not there. It is sent by PUT /v4/jobGroups/" + jobGroupId + "/files?name=…, and a job"
                        + " waits for each further file as long as wharf.publishing.files-timeout says: announce the"
                        + " results anew (POST /v4/jobGroups/announced), and send all files");
    }
}
