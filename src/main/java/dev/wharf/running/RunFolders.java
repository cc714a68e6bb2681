package dev.wharf.running;

import dev.wharf.datasets.DatasetFile;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** The temporary folders of runs on this node, one each: what the engine reads and what it has written. */
final class RunFolders {
    private static final Logger LOG = LoggerFactory.getLogger(RunFolders.class);
    private static final Pattern EXTENSIONS = Pattern.compile("(\\.[A-Za-z0-9]{1,16}){1,2}$");

    private final Path jobs;

    /** @param jobs in which they lie */
    RunFolders(Path jobs) {
        this.jobs = jobs;
    }

    private Path of(long jobGroupId) {
        return jobs.resolve(String.valueOf(jobGroupId));
    }

    /**
     * The folder of a run, made now and empty.
     *
     * @throws ProblemException 503 if it cannot be made
     */
    Path empty(long jobGroupId) {
        Path folder = of(jobGroupId);
        try {
            FileSystemUtils.deleteRecursively(folder);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.UNAVAILABLE, "The temporary folder of the run, " + folder + ", cannot be made: " + e, e);
        }
    }

    /** What stays behind is swept up later. */
    void delete(long jobGroupId) {
        Path folder = of(jobGroupId);
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            LOG.warn("The temporary folder {} stays behind for now: {}", folder, e.toString());
        }
    }

    /** The name of a dataset's file there: its number, and the extensions by which the engine knows the format. */
    static String name(DatasetFile file) {
        String key = file.key();
        Matcher matcher = EXTENSIONS.matcher(key.substring(key.lastIndexOf('/') + 1));
        String extensions = matcher.find() ? matcher.group().toLowerCase(Locale.ROOT) : "";
        return String.format(Locale.ROOT, "%06d", file.number()) + extensions;
    }
}
