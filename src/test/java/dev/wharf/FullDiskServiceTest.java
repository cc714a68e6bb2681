package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.testing.api.Api;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on a small file system of its own, which is filled up; where this machine lets its users have one. */
class FullDiskServiceTest {
    @TempDir
    Path folder;

    /** A shell that has a small file system where nobody else sees it. */
    private static final class SmallDisk implements AutoCloseable {
        private final Process shell;
        private final Writer in;
        private final BufferedReader out;

        SmallDisk(Path folder) throws IOException {
            shell = new ProcessBuilder("unshare", "-Urm", "sh")
                    .redirectErrorStream(true)
                    .start();
            in = shell.outputWriter(StandardCharsets.UTF_8);
            out = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
            run("cd " + folder + " && mkdir disk && mount -t tmpfs -o size=160m tmpfs disk && cd disk && echo mounted");
        }

        /** What a command says. */
        List<String> run(String command) throws IOException {
            List<String> lines = new ArrayList<>();
            try {
                in.write(command + "\necho over\n");
                in.flush();
            } catch (IOException e) { // there is no such shell
                return lines;
            }
            for (String line = out.readLine(); line != null && !line.equals("over"); line = out.readLine()) {
                lines.add(line);
            }
            return lines;
        }

        void fill() throws IOException {
            run("fallocate -l $(( $(df --output=avail -B1 . | tail -1) - 8388608 )) fill");
        }

        void makeRoom() throws IOException {
            run("rm fill");
        }

        @Override
        public void close() {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    /** A service on that disk. */
    private final class Service {
        private final int observePort;
        private final String process;
        private final SmallDisk disk;
        private Api api;

        Service(SmallDisk disk, String name) throws IOException {
            this.disk = disk;
            try (var free = new ServerSocket(0)) {
                observePort = free.getLocalPort();
            }
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            process = disk.run(java + " -XX:-UsePerfData -XX:TieredStopAtLevel=1 -cp '" + classPath
                            + "' -Ddev.wharf.home='"
                            + Path.of("").toAbsolutePath() + "' -Dwharf.data-dir=data -Dwharf.http.port=0"
                            + " -Dwharf.vfs.port=0 -Dwharf.observe.port=" + observePort
                            + " -Dwharf.registry.low-space=16MB -Dwharf.registry.enough-space=24MB dev.wharf.Wharf > ../"
                            + name + " 2>&1 & echo $!")
                    .get(0);
            await().atMost(Duration.ofMinutes(3)).until(() -> address(name) != null);
            api = new Api(
                    URI.create(address(name)), disk.run("cat data/admin.token").get(0));
        }

        private String address(String log) throws IOException {
            return java.nio.file.Files.readAllLines(folder.resolve(log)).stream()
                    .filter(line -> line.contains("Wharf answers at "))
                    .map(line -> line.substring(line.indexOf("http://")).strip())
                    .findFirst()
                    .orElse(null);
        }

        Api.Answer add(String email) {
            return api.post(
                    "/v4/people", Map.of("email", email, "name", "N", "password", "a password of many letters"));
        }

        String disk() {
            return new Api(URI.create("http://127.0.0.1:" + observePort), null)
                    .get("/observe/health/ready")
                    .json()
                    .path("checks")
                    .path("disk")
                    .asText();
        }

        void kill() throws IOException {
            disk.run("kill -9 " + process + "; wait");
        }
    }

    @Test
    void whatIsAnsweredWith201IsThereAfterAFullDiskRoomAndAKill() throws IOException {
        try (var disk = new SmallDisk(folder)) {
            assumeThat(disk.run("stat -f -c %T ."))
                    .as("a file system of one's own needs user namespaces (unshare -Urm)")
                    .containsExactly("tmpfs");
            List<String> acknowledged = new ArrayList<>();
            var service = new Service(disk, "first.log");
            add(service, 10, acknowledged);
            assertThat(acknowledged).hasSize(10);
            assertThat(service.disk()).isEqualTo("UP");

            disk.fill();
            await().until(() -> service.add(UUID.randomUUID() + "@example.com").status() == 503);
            var refused = service.add(UUID.randomUUID() + "@example.com");
            assertThat(refused.headers()).containsKey("retry-after");
            assertThat(refused.json().path("detail").asText()).contains("too little room");
            assertThat(service.api.get("/v4/people").status()).isEqualTo(200);
            assertThat(service.disk()).isEqualTo("DOWN");
            add(service, 20, acknowledged);

            disk.makeRoom();
            await().until(() -> service.disk().equals("UP"));
            add(service, 20, acknowledged);
            assertThat(acknowledged).hasSize(30);
            service.kill();

            var again = new Service(disk, "second.log");
            assertThat(again.api
                            .get("/v4/people?limit=1000")
                            .json()
                            .path("data")
                            .findValuesAsText("email"))
                    .containsAll(acknowledged);
            again.kill();
        }
    }

    private static void add(Service service, int count, List<String> acknowledged) {
        for (int person = 0; person < count; person++) {
            String email = UUID.randomUUID() + "@example.com";
            if (service.add(email).status() == 201) {
                acknowledged.add(email);
            }
        }
    }
}
