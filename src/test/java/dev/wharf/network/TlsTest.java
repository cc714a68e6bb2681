package dev.wharf.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Who encrypts; how well is tried where stores are. */
class TlsTest {
    /** Prints whom {@link Tls#NATIVE} comes from. */
    public static void main(String[] arguments) {
        System.out.println(provider(Tls.NATIVE));
    }

    @Test
    void nativeIsBoringSslAndJavaIsJava() {
        assertThat(provider(Tls.NATIVE)).isEqualTo("Conscrypt");
        assertThat(provider(Tls.JAVA)).isEqualTo("SunJSSE");
    }

    @Test
    void javaEncryptsOnAMachineThatBoringSslWasNotBuiltFor() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dos.arch=sparc",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TlsTest.class.getName())
                .redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).contains("SunJSSE").containsOnlyOnce("BoringSSL does not run here");
    }

    private static String provider(Tls tls) {
        return tls.context(null, null).getProvider().getName();
    }
}
