package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/wharf} tells Java, here one that says only what it was told. */
class LauncherTest {
    private static final String RELEASE = "21.0.1+12-LTS";

    @TempDir
    private Path folder;

    private Path home;
    private Path java;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(folder.resolve("wharf of ours")).toRealPath();
        Files.createDirectories(home.resolve("bin"));
        Files.copy(Path.of("bin/wharf"), home.resolve("bin/wharf"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(home.resolve("wharf.jar"));
        java = folder.resolve("jdk");
        Path program = Files.createDirectories(java.resolve("bin")).resolve("java");
        Files.writeString(
                program,
                "#!/bin/sh\nfor told; do echo \"$told\"; done\necho \"settings $(env | grep -c ^WHARF_)\"\necho \"arenas $MALLOC_ARENA_MAX\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(java.resolve("release"), "JAVA_RUNTIME_VERSION=\"" + RELEASE + "\"\n");
    }

    private Path classes() {
        return home.resolve("cache").resolve(RELEASE + ".jsa");
    }

    private Path started() {
        return home.resolve("cache").resolve(RELEASE + ".started");
    }

    private static void left(Path file, int secondsAfter) throws IOException {
        Files.writeString(file, "as Java leaves it");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(secondsAfter)));
    }

    private List<String> told(Map<String, String> environment, String... arguments) throws Exception {
        return toldBy(home.resolve("bin/wharf"), environment, arguments);
    }

    private List<String> toldBy(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_OPTS", "WHARF_HEAP", "MALLOC_ARENA_MAX"));
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new String(process.getInputStream().readAllBytes()).lines().toList();
    }

    @Test
    void theHeapIsBoundAndCommandsComeBehindTheJar() throws Exception {
        assertThat(told(Map.of(), "rotate-keyset", "--remove-old"))
                .startsWith("-Xmx256m")
                .containsSubsequence("-jar", home.resolve("wharf.jar").toString(), "rotate-keyset", "--remove-old")
                .endsWith("arenas 2");
        assertThat(told(Map.of("WHARF_HEAP", "1g", "JAVA_OPTS", "-Da=b -Dc=d", "MALLOC_ARENA_MAX", "4")))
                .startsWith("-Xmx1g")
                .containsSubsequence("-Da=b", "-Dc=d", "-jar")
                .endsWith("settings 0", "arenas 4");
    }

    @Test
    void theFirstServiceThatStartsLeavesItsClassesToTheNextOnes() throws Exception {
        assertThat(told(Map.of()))
                .contains("-XX:ArchiveClassesAtExit=" + classes(), "-Ddev.wharf.started=" + started());
        left(classes(), 9);
        left(started(), 9);

        assertThat(told(Map.of()))
                .contains("-XX:SharedArchiveFile=" + classes())
                .noneMatch(told -> told.contains("started"));
        assertThat(told(Map.of(), "rotate-keyset")).contains("-XX:SharedArchiveFile=" + classes());
    }

    @Test
    void whatAStartThatFailedHasLeftIsNotTaken() throws Exception {
        told(Map.of());
        left(classes(), 9);

        assertThat(told(Map.of())).contains("-XX:ArchiveClassesAtExit=" + classes());
        assertThat(classes()).doesNotExist();
    }

    @Test
    void aCommandLeavesNone() throws Exception {
        assertThat(told(Map.of(), "rotate-keyset")).noneMatch(told -> told.contains(".jsa"));
        assertThat(home.resolve("cache")).doesNotExist();
    }

    @Test
    void classesOfAnotherVersionAreMadeAnew() throws Exception {
        Files.createDirectories(classes().getParent());
        left(classes(), -9);
        left(started(), -9);

        assertThat(told(Map.of())).contains("-XX:ArchiveClassesAtExit=" + classes());
        assertThat(classes()).doesNotExist();
        assertThat(started()).doesNotExist();
    }

    @Test
    void aJavaThatDoesNotSayWhichItIsStartsWithoutThem() throws Exception {
        Files.delete(java.resolve("release"));

        assertThat(told(Map.of())).noneMatch(told -> told.contains(".jsa")).contains("-jar");
        assertThat(home.resolve("cache")).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenBesideItIsDoneWithout() throws Exception {
        Files.createFile(home.resolve("cache"));

        assertThat(told(Map.of())).noneMatch(told -> told.contains(".jsa")).contains("-jar");
    }

    @Test
    void whereThereIsNoJavaItSaysSo() throws Exception {
        assertThat(told(Map.of("JAVA_HOME", "/nowhere")))
                .containsExactly(
                        "Wharf cannot start: there is no /nowhere/bin/java; set JAVA_HOME to a Java 17 or later");
    }

    @Test
    void aLinkToItFindsItsHome() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("bin/wharf"));

        assertThat(toldBy(link, Map.of())).contains(home.resolve("wharf.jar").toString());
    }
}
