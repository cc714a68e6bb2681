package dev.wharf.uploads;

import dev.wharf.kernel.settings.SettingsException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The folder into which files are dropped, {@code <inbox>/<address of the owner>/<file>}, and the ways that they go in it:
 * to {@code uploading/<uuid>/} when they are taken, from there to {@code done/} or {@code failed/}, all beside each other in
 * the owner's folder. A file keeps its name on all of them; where the name is taken it goes into {@code done/<uuid>/} or
 * {@code failed/<uuid>/}. Every way is one rename, so that a file is in one place, whenever a process ends.
 */
public final class Inbox {
    private static final String UPLOADING = "uploading";
    private static final String DONE = "done";
    private static final String FAILED = "failed";
    private static final Set<String> OURS = Set.of(UPLOADING, DONE, FAILED);
    /** Ends of the names of what lies beside a file that was moved away. */
    private static final String REASON = ".reason.txt";

    private static final String ADDRESS = ".uri.txt";

    /** Of file systems in common use. */
    private static final int LONGEST_NAME = 255;

    private final Path path;

    private Inbox(Path path) {
        this.path = path;
    }

    /**
     * @throws SettingsException if the folder cannot be used
     */
    public static Inbox open(Path folder) {
        if (File.separatorChar == '/' && !"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
            throw refused(
                    folder, "needs a process that reads the names of files as UTF-8: start it with LC_ALL=C.UTF-8");
        }
        if (!Files.isDirectory(folder)) {
            throw refused(
                    folder, Files.exists(folder) ? "is no folder" : "does not exist: make it, or unset the setting");
        }
        try {
            Path real = folder.toRealPath();
            Files.delete(Files.createTempFile(real, ".wharf-", null));
            return new Inbox(real);
        } catch (IOException e) {
            throw refused(folder, "cannot be written by this process, which moves what it has uploaded: " + e);
        }
    }

    private static SettingsException refused(Path folder, String why) {
        return new SettingsException("wharf.uploads.inbox " + folder + " " + why);
    }

    /** Where it really is. */
    public Path path() {
        return path;
    }

    /** Whether files are taken from a folder, or from folders in it. */
    boolean isLookedInto(Path folder) {
        Path in = path.relativize(folder);
        return switch (in.getNameCount()) {
            case 1 -> !isOurs(in, 0) || is(in, 0, UPLOADING);
            case 2 -> is(in, 0, UPLOADING) || is(in, 1, UPLOADING);
            case 3 -> is(in, 1, UPLOADING);
            default -> false;
        };
    }

    /** Whether a folder that is not looked into has another purpose. */
    boolean isOurs(Path folder) {
        Path in = path.relativize(folder);
        return isOurs(in, 0) || isOurs(in, 1);
    }

    /** The file that lies there; empty where none is taken from. */
    Optional<DroppedFile> file(Path file) {
        Path in = path.relativize(file);
        return switch (in.getNameCount()) {
            case 1 -> Optional.of(new DroppedFile(path, "", null, file));
            case 2 -> isOurs(in, 0) ? Optional.empty() : Optional.of(of(in, null, file));
            case 3 ->
                is(in, 0, UPLOADING)
                        ? uuid(in, 1).map(uuid -> new DroppedFile(path, "", uuid, file))
                        : Optional.empty();
            case 4 -> is(in, 1, UPLOADING) ? uuid(in, 2).map(uuid -> of(in, uuid, file)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private DroppedFile of(Path in, String uuid, Path file) {
        return new DroppedFile(path.resolve(in.getName(0)), in.getName(0).toString(), uuid, file);
    }

    private static boolean is(Path in, int part, String name) {
        return in.getNameCount() > part && in.getName(part).toString().equals(name);
    }

    private static boolean isOurs(Path in, int part) {
        return in.getNameCount() > part && OURS.contains(in.getName(part).toString());
    }

    private static Optional<String> uuid(Path in, int part) {
        try {
            return Optional.of(UUID.fromString(in.getName(part).toString()).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Sets a file aside under a new number: from then on whoever drops another one of its name cannot meet it. Of many
     * processes, one succeeds.
     *
     * @throws java.nio.file.NoSuchFileException for the others
     */
    DroppedFile setAside(DroppedFile file) throws IOException {
        requireNoLinks(file);
        String uuid = UUID.randomUUID().toString();
        Path folder = Files.createDirectories(file.folder().resolve(UPLOADING).resolve(uuid));
        Path target = folder.resolve(file.path().getFileName());
        try {
            Files.move(file.path(), target);
        } catch (IOException e) {
            Files.deleteIfExists(folder);
            throw e;
        }
        // What is uploaded must not be back in its old place after a loss of power.
        force(folder);
        force(file.folder());
        if (file.isSetAside()) {
            Files.deleteIfExists(file.path().getParent());
        }
        return new DroppedFile(file.folder(), file.address(), uuid, target);
    }

    private static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }

    /** Moves a file away that is uploaded and on record, with the address of its upload beside it. */
    void done(DroppedFile file, String uri) throws IOException {
        move(file, DONE, ADDRESS, uri + "\n");
    }

    /** Moves a file away that cannot be uploaded, with the reason beside it. */
    void failed(DroppedFile file, String reason) throws IOException {
        move(file, FAILED, REASON, reason + "\n");
    }

    /** What is said of a file is there before it; a process that ends between the two leaves what the next one finds. */
    private static void move(DroppedFile file, String folder, String ending, String text) throws IOException {
        requireNoLinks(file);
        boolean fits = file.name().getBytes(StandardCharsets.UTF_8).length + ending.length() <= LONGEST_NAME;
        String besideName = fits ? file.name() + ending : ending.substring(1);
        Path all = Files.createDirectories(file.folder().resolve(folder));
        if (!fits
                || Files.exists(all.resolve(file.path().getFileName()), LinkOption.NOFOLLOW_LINKS)
                || isTaken(all.resolve(besideName), text)) {
            all = Files.createDirectories(all.resolve(file.uuid()));
        }
        Files.writeString(all.resolve(besideName), text);
        Files.move(file.path(), all.resolve(file.path().getFileName()));
        Files.deleteIfExists(file.path().getParent());
    }

    private static boolean isTaken(Path beside, String text) throws IOException {
        return Files.exists(beside, LinkOption.NOFOLLOW_LINKS)
                && !(Files.isRegularFile(beside, LinkOption.NOFOLLOW_LINKS)
                        && Files.size(beside) == text.getBytes(StandardCharsets.UTF_8).length
                        && Files.readString(beside).equals(text));
    }

    /**
     * What is reached by a symbolic link lies elsewhere, whoever made it.
     *
     * @throws IOException if there is one on the way to the file, or the file is one
     */
    static void requireNoLinks(DroppedFile file) throws IOException {
        Path real = file.path().getParent().toRealPath();
        if (!real.equals(file.path().getParent())) {
            throw new IOException(file.path() + " is reached by a symbolic link, which is not followed");
        }
        for (String ours : OURS) {
            if (Files.isSymbolicLink(file.folder().resolve(ours))) {
                throw new IOException(file.folder().resolve(ours) + " is a symbolic link, which is not followed");
            }
        }
    }
}
