package dev.wharf.publishing;

import dev.wharf.jobs.Publication;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Results on this node's disk. Two folders are open: the one that the administrator allowed
 * ({@code wharf.publishing.results-dir}) and, to a run of ours, its temporary folder
 * {@code <data-dir>/tmp/jobs/<jobGroupId>/}. What counts is where a path really leads, through all symbolic links.
 */
final class LocalFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LocalFiles.class);
    private static final String SCHEME = "file://";

    private final Path jobs;
    private final Path resultsDir;

    /**
     * @param resultsDir null where the administrator allows none
     */
    LocalFiles(Path dataDir, Path resultsDir) {
        this.jobs = DataFolder.jobs(dataDir);
        this.resultsDir = resultsDir;
    }

    /**
     * The path in {@code file:///…}.
     *
     * @throws ProblemException 400 if it is none of this machine
     */
    static Path path(String uri) {
        try {
            if (uri.startsWith(SCHEME + "/")) {
                Path path = Path.of(java.net.URI.create(uri));
                if (path.getFileName() != null) {
                    return path;
                }
            }
        } catch (IllegalArgumentException e) {
            throw refused(uri + " is not a file's address: characters such as blanks are percent-encoded ("
                    + e.getMessage() + ")");
        }
        throw refused(uri + " is not the address of a file: s3://<bucket>/<key>?connectionId=<id> or file:///<path>");
    }

    /**
     * The file that an address leads to.
     *
     * @throws ProblemException 403 outside the allowed folders, 404 if there is no such file
     */
    Path require(Publication job, String uri) {
        Path path = path(uri);
        try {
            Path real = path.toRealPath();
            if (!isBelow(real, resultsDir) && (job.announced() || !isBelow(real, folder(job.jobGroupId())))) {
                throw outside(uri);
            }
            if (!Files.isRegularFile(real)) {
                throw refused(uri + " is not a file");
            }
            return real;
        } catch (NoSuchFileException e) {
            // Whether a path exists elsewhere on this machine is nobody's business.
            Path absolute = path.toAbsolutePath().normalize();
            boolean ours =
                    isInside(absolute, resultsDir) || !job.announced() && isInside(absolute, folder(job.jobGroupId()));
            throw ours ? new ProblemException(Problem.NOT_FOUND, uri + ": there is no such file") : outside(uri);
        } catch (IOException e) {
            throw unreadable(uri, e);
        }
    }

    /** Opens what {@link #require} has found; its last segment can no longer be made a link. */
    static InputStream open(String uri, Path file) {
        try {
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(uri, e);
        }
    }

    static ProblemException unreadable(String uri, IOException failure) {
        return new ProblemException(
                Problem.UNAVAILABLE,
                uri + " cannot be read: " + failure.getClass().getSimpleName(),
                failure);
    }

    /** Removes the temporary folder of a run that is over, if there is one. */
    void discard(long jobGroupId) {
        Path folder = folder(jobGroupId);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            LOG.warn("The temporary folder {} stays behind for now: {}", folder, e.toString());
        }
    }

    /** The job groups that have a temporary folder here. */
    List<Long> folders() {
        if (!Files.isDirectory(jobs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(jobs)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,18}"))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException e) {
            throw unreadable(jobs.toUri().toString(), e);
        }
    }

    private Path folder(long jobGroupId) {
        return jobs.resolve(Long.toString(jobGroupId));
    }

    private static boolean isBelow(Path real, Path folder) throws IOException {
        return folder != null && Files.isDirectory(folder) && real.startsWith(folder.toRealPath());
    }

    private static boolean isInside(Path path, Path folder) {
        return folder != null && path.startsWith(folder.toAbsolutePath().normalize());
    }

    private static ProblemException outside(String uri) {
        return new ProblemException(
                Problem.FORBIDDEN,
                uri + " is outside the folder of results: an administrator sets wharf.publishing.results-dir");
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.VALIDATION_FAILED, detail);
    }
}
