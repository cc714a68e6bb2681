package dev.wharf.kernel.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wharf.kernel.RegistryMain;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.settings.SettingsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the embedded registry acknowledged is on disk, whatever the disk does. */
class FullDiskTest {
    private static final int TRIES = 400;

    @TempDir
    Path folder;

    /** A registry in a process of its own. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;
        private final Writer in;
        private final StringBuilder said = new StringBuilder();

        /**
         * @param fileSize the largest file that it can write, in bytes; negative for any
         */
        Child(Path folder, long fileSize) throws IOException {
            List<String> command = new ArrayList<>();
            if (fileSize >= 0) {
                command.addAll(List.of("prlimit", "--fsize=" + fileSize + ":unlimited"));
            }
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:-UsePerfData",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    RegistryMain.class.getName(),
                    folder.resolve("data").toString()));
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true) // not to a file, which would be limited as well
                    .start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            in = process.outputWriter(StandardCharsets.UTF_8);
        }

        void limitFiles(String size) throws IOException, InterruptedException {
            var limit = new ProcessBuilder(
                            "prlimit", "--pid", String.valueOf(process.pid()), "--fsize=" + size + ":unlimited")
                    .inheritIO()
                    .start();
            assertThat(limit.waitFor()).isZero();
        }

        /** The next line that is not the log's; null at its end. */
        String line() throws IOException {
            String line = out.readLine();
            while (line != null && !line.matches("(open|listed|ack |row ).*")) {
                said.append(line).append('\n');
                line = out.readLine();
            }
            return line;
        }

        /** Whether it said that it is committed. */
        boolean write(String name, int size) throws IOException {
            try {
                in.write("write " + name + " " + size + "\n");
                in.flush();
            } catch (IOException e) { // it has ended
                return false;
            }
            return ("ack " + name).equals(line());
        }

        Map<String, String> rows() throws IOException {
            in.write("list\n");
            in.flush();
            Map<String, String> rows = new TreeMap<>();
            for (String line = line(); !"listed".equals(line); line = line()) {
                String[] words = line.split(" ");
                rows.put(words[1], words[2]);
            }
            return rows;
        }

        int end() throws InterruptedException {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    @BeforeAll
    static void limitsCanBeSet() {
        assumeThat(Path.of("/usr/bin/prlimit"))
                .as("prlimit (util-linux) is needed to take room away")
                .exists();
    }

    private long logSize() {
        return folder.resolve("data/registry.log").toFile().length();
    }

    /** Writes until the registry ends, in a process whose log may grow by {@code room}. */
    private Map<String, String> fill(long room, int size) throws IOException, InterruptedException {
        Map<String, String> acknowledged = new TreeMap<>();
        try (var child = new Child(folder, -1)) {
            assertThat(child.line()).isEqualTo("open");
            for (int row = 0; row < TRIES; row++) {
                if (row == 5) {
                    child.limitFiles(String.valueOf(logSize() + room));
                }
                String name = "row%03d".formatted(row);
                if (!child.write(name, size)) {
                    break;
                }
                acknowledged.put(name, name + "x".repeat(size));
            }
            assertThat(acknowledged).hasSizeLessThan(TRIES);
            assertThat(child.end()).isEqualTo(WriteFailures.EXIT_STATUS);
            assertThat(child.said).contains("Wharf stops: The registry could not write (");
        }
        return acknowledged;
    }

    @ParameterizedTest
    @CsvSource({"0,60", "1511,300", "40000,3700"})
    void theProcessEndsAtTheFirstFailedWriteAndEveryAcknowledgedRowIsThereAfterwards(long room, int size)
            throws Exception {
        Map<String, String> acknowledged = fill(room, size);

        try (var again = new Child(folder, -1)) {
            assertThat(again.line()).isEqualTo("open");
            Map<String, String> rows = again.rows();
            assertThat(rows).containsAllEntriesOf(acknowledged);
            assertThat(rows.size()).isLessThanOrEqualTo(acknowledged.size() + 1); // the one in flight
            assertThat(rows).allSatisfy((name, value) -> assertThat(value).isEqualTo(name + "x".repeat(size)));
            assertThat(again.write("rowlast", 10)).isTrue();
        }
    }

    @Test
    void aStartThatCannotBringInTheLastChangesEndsBeforeItWritesAnything() throws Exception {
        Map<String, String> acknowledged = fill(1500, 300);
        long left = logSize();

        for (int start = 0; start < 2; start++) {
            try (var hindered = new Child(folder, 1_000)) {
                assertThat(hindered.line()).isNull();
                assertThat(hindered.end()).isEqualTo(WriteFailures.EXIT_STATUS);
                assertThat(hindered.said).contains("could not bring in its last changes");
            }
            assertThat(logSize()).isEqualTo(left);
        }
        try (var again = new Child(folder, -1)) {
            assertThat(again.line()).isEqualTo("open");
            assertThat(again.rows()).containsAllEntriesOf(acknowledged);
        }
    }

    private final AtomicLong free = new AtomicLong(500 << 20);

    private Database database(DataFolder data) {
        return new Database(
                new Settings.Registry("", "sa", Secret.NONE),
                data,
                place -> new FreeSpace(free::get, 128 << 20, 192 << 20));
    }

    private static void write(Database database, String name) {
        database.sql("kernel/insert-setting")
                .param("name", name)
                .param("value", "x")
                .update();
    }

    private static String read(Database database, String name) {
        return database.sql("kernel/find-setting")
                .param("name", name)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** The look at the disk is a moment old. */
    private static void await(Database database, boolean low) {
        Awaitility.await().until(() -> database.space().isLow() == low);
    }

    @Test
    void withTooLittleRoomChangesAreRefusedReadsGoOnAndChangesAreTakenAgainOnceThereIsEnough() throws IOException {
        try (var data = DataFolder.open(folder);
                var database = database(data)) {
            database.open();
            write(database, "before");

            free.set(127 << 20);
            await(database, true);
            assertThatThrownBy(() -> write(database, "meanwhile")).satisfies(failure -> {
                ProblemException problem = Problems.of(failure);
                assertThat(problem.problem()).isEqualTo(Problem.UNAVAILABLE);
                assertThat(problem.retryAfterSeconds()).isPositive();
                assertThat(problem.detail()).startsWith("There is too little room on the disk of the registry");
            });
            assertThatThrownBy(() -> database.inTransaction(() -> write(database, "meanwhile")))
                    .satisfies(failure ->
                            assertThat(Problems.of(failure).problem()).isEqualTo(Problem.UNAVAILABLE));
            assertThatThrownBy(database::requireWritable).hasMessageStartingWith("There is too little room");
            assertThat(read(database, "before")).isEqualTo("x");
            assertThat(read(database, "meanwhile")).isNull();

            free.set(191 << 20);
            assertThatThrownBy(() -> write(database, "still")).isInstanceOf(RuntimeException.class);

            free.set(192 << 20);
            await(database, false);
            write(database, "after");
            assertThat(read(database, "after")).isEqualTo("x");
        }
    }

    @Test
    void aStartWithTooLittleRoomIsOneLineAndTouchesNothing() throws IOException {
        free.set(127 << 20);
        try (var data = DataFolder.open(folder);
                var database = database(data)) {
            assertThatThrownBy(database::open)
                    .isInstanceOf(SettingsException.class)
                    .hasMessage("there is too little room for the registry in " + folder + ": 127 MB are free, and the"
                            + " registry writes nothing below 128 MB (wharf.registry.low-space), or again at 192 MB");
            assertThat(folder.resolve("registry.script")).doesNotExist();
        }
    }

    @Test
    void theRegistryIsForItsUserAlone() throws IOException {
        Files.createDirectories(folder.resolve("data/tmp"));
        Files.writeString(folder.resolve("data/tmp/old"), "left by an earlier version");
        Path others = Files.writeString(folder.resolve("data/backup.sh"), "an operator's own");
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(others);
        try (var data = DataFolder.open(folder.resolve("data"));
                var database = database(data)) {
            database.open();

            assertThat(Files.getPosixFilePermissions(others)).isEqualTo(before);
            Files.delete(others);
            try (var files = Files.walk(data.path())) {
                assertThat(files).allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                        .as(file.toString())
                        .allMatch(permission -> permission.name().startsWith("OWNER_")));
            }
        }
    }

    @Test
    void aRegistryByUrlIsWatchedAsWell() {
        var given = EmbeddedRegistry.of("jdbc:hsqldb:file:" + folder + "/other;hsqldb.tx=mvcc")
                .orElseThrow();

        assertThat(given.url())
                .endsWith(";hsqldb.tx=mvcc;hsqldb.extlog=2;hsqldb.write_delay=false;hsqldb.full_log_replay=true");
        assertThat(given.folder()).isEqualTo(folder);
        assertThat(EmbeddedRegistry.of("jdbc:hsqldb:mem:x")).isEmpty();
        assertThat(EmbeddedRegistry.of("jdbc:postgresql://db/wharf")).isEmpty();
    }
}
