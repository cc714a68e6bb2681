package dev.wharf.testing.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program of this build in a process of its own, which can be killed at any moment and ends with this one. */
final class JavaProcess {
    private final Process process;
    private final String readyLine;

    private JavaProcess(Process process, String readyLine) {
        this.process = process;
        this.readyLine = readyLine;
    }

    /**
     * Starts one and waits until it says that it is ready.
     *
     * @param ready a part of the line by which it says so
     * @param log where all that it says is kept
     * @throws IllegalStateException with what it said, if it ends before
     */
    static JavaProcess start(
            Class<?> main, List<String> arguments, Map<String, String> properties, String ready, Path log) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                // Starts soonest, and leaves the machine to the others.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx384m"));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(main.getName());
        command.addAll(arguments);
        try {
            Files.createDirectories(log.getParent());
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                append(log, line);
                if (line.contains(ready)) {
                    keepReading(said, log); // a full pipe would stop it
                    return new JavaProcess(process, line);
                }
            }
            throw new IllegalStateException(main.getName() + " has ended: " + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keepReading(BufferedReader said, Path log) {
        var reader = new Thread(() -> said.lines().forEach(line -> append(log, line)));
        reader.setDaemon(true);
        reader.start();
    }

    private static void append(Path log, String line) {
        try (var out = new PrintWriter(Files.newBufferedWriter(
                log, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND))) {
            out.println(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String readyLine() {
        return readyLine;
    }

    /** As {@code kill -9} does. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
