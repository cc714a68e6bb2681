package dev.wharf.kernel.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The folder that holds everything which this node must not lose. One process at a time: the lock ends with it, also
 * when it is killed.
 */
public final class DataFolder implements AutoCloseable {
    /** What is kept here; an operator may keep other files beside it. */
    private static final Pattern OURS = Pattern.compile(
            "wharf\\.lock|node\\.id|keyset\\.json.*|admin\\.token.*|registry\\..*|queue|tmp|trial-s3|trial\\.json");

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final String nodeId;

    private DataFolder(Path path, FileChannel channel, FileLock lock) throws IOException {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
        this.nodeId = readOrCreate("node.id", () -> UUID.randomUUID().toString());
    }

    /**
     * Makes the folder if need be and locks it.
     *
     * @throws SettingsException if it cannot be written, or another process has it
     */
    public static DataFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            PrivateFiles.hideAll(path, OURS);
            var channel =
                    FileChannel.open(path.resolve("wharf.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new SettingsException("wharf.data-dir " + path + " is in use by another process");
            }
            PrivateFiles.hide(path.resolve("wharf.lock"));
            return new DataFolder(path, channel, lock);
        } catch (IOException e) {
            throw new SettingsException("wharf.data-dir " + path + " cannot be used: " + e, e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Where each run of the built-in engine has a folder, named by its job group; publishing reads and removes it. */
    public static Path jobs(Path dataDir) {
        return dataDir.resolve("tmp").resolve("jobs");
    }

    /** Where each look into a file has a folder while it lasts. */
    public Path previews() {
        return path.resolve("tmp").resolve("previews");
    }

    /** The same for looks at how the files of an import are structured. */
    public Path structures() {
        return path.resolve("tmp").resolve("structures");
    }

    /** The same for looks at the first rows of a dataset. */
    public Path datasetPreviews() {
        return path.resolve("tmp").resolve("dataset-previews");
    }

    /** Names this node in the registry; the same after a restart. */
    public String nodeId() {
        return nodeId;
    }

    /** The text of a file that only this user can read; made by {@code content} where it does not exist. */
    public String readOrCreate(String name, java.util.function.Supplier<String> content) throws IOException {
        Path file = path.resolve(name);
        if (!Files.exists(file)) {
            writePrivate(name, content.get());
        }
        return Files.readString(file).strip();
    }

    /** Writes a file that only this user can read, whole or not at all. */
    public void writePrivate(String name, String content) throws IOException {
        Path part = path.resolve(name + ".part");
        Files.deleteIfExists(part);
        PrivateFiles.create(part);
        try (var out = FileChannel.open(part, StandardOpenOption.WRITE)) {
            var bytes = java.nio.ByteBuffer.wrap((content + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(part, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
