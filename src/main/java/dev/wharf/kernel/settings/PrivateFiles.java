package dev.wharf.kernel.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files and folders that only the user of this process can look into, whatever its umask. */
public final class PrivateFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private static final int STICKY = 01000;

    private PrivateFiles() {}

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** A new, empty file. */
    static void create(Path file) throws IOException {
        if (isPosix(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        } else {
            Files.createFile(file);
        }
    }

    /**
     * Hides a folder, and what is in it now under the names that are given with all below it. What is made in it later is
     * out of reach behind it. A folder for everybody, such as {@code /tmp}, stays as it is.
     */
    static void hideAll(Path folder, Pattern names) throws IOException {
        if (isShared(folder)) {
            LOG.warn("{} is a folder for everybody: name one of its own in wharf.data-dir", folder);
        } else {
            hide(folder);
        }
        try (var files = Files.newDirectoryStream(
                folder, file -> names.matcher(file.getFileName().toString()).matches())) {
            for (Path file : files) {
                hideTree(file);
            }
        }
    }

    /** Whether others may put files there which only they can remove: the sticky bit. */
    private static boolean isShared(Path folder) throws IOException {
        return isPosix(folder) && ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
    }

    private static void hideTree(Path top) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                hide(inner);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    hide(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE; // gone meanwhile, or never ours to read
            }
        });
    }

    /** Takes away what others may do. Where the file is somebody else's, that is told in the log. */
    public static void hide(Path path) {
        if (!isPosix(path)) {
            return;
        }
        try {
            var wanted = Files.isDirectory(path) ? FOLDER : FILE;
            if (!Files.getPosixFilePermissions(path).equals(wanted)) {
                Files.setPosixFilePermissions(path, wanted);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} has gone", path);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} stays open to others, as its permissions cannot be changed: {}", path, e.toString());
        }
    }
}
