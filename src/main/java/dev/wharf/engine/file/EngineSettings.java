package dev.wharf.engine.file;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Bounds of one run. A service that runs several at a time needs as many times the memory.
 *
 * @param memory for DuckDB's buffers, at least {@code 64MB}, such as {@code 256MB} or {@code 2GB}
 * @param threads 1 to 64
 * @param timeLimit longer than zero
 * @param temporarySize what may be spilled to disk in the working folder, in the notation of {@code memory}
 */
public record EngineSettings(String memory, int threads, Duration timeLimit, String temporarySize) {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5})(MB|GB)");

    public EngineSettings {
        if (megabytes("memory", memory) < 64) {
            throw new IllegalArgumentException("memory must be at least 64MB, not " + memory);
        }
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads must be 1 to 64, not " + threads);
        }
        if (timeLimit.isZero() || timeLimit.isNegative()) {
            throw new IllegalArgumentException("time limit must be longer than zero, not " + timeLimit);
        }
        megabytes("temporary size", temporarySize);
    }

    /** 256 MB, 2 threads, 1 hour, 2 GB on disk. */
    public static EngineSettings defaults() {
        return new EngineSettings("256MB", 2, Duration.ofHours(1), "2GB");
    }

    /** The same with so many threads. */
    public EngineSettings withThreads(int number) {
        return new EngineSettings(memory, number, timeLimit, temporarySize);
    }

    long temporaryBytes() {
        return megabytes("temporary size", temporarySize) * 1_000_000;
    }

    private static long megabytes(String name, String size) {
        var matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(name + " must look like 256MB or 2GB, not " + size);
        }
        return Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("GB") ? 1000 : 1);
    }
}
