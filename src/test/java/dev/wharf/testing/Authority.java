package dev.wharf.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority that nobody knows, made by the JDK's keytool, with a server's certificate that it has signed. */
public final class Authority {
    public static final String PASSWORD = "changeit";
    public static final String SERVER = "server";

    private final Path store;

    private Authority(Path folder) {
        store = folder.resolve("authority.p12");
    }

    /** @param names the server's, such as {@code ip:127.0.0.1} */
    public static Authority in(Path folder, String names) {
        var authority = new Authority(folder);
        authority.run("-genkeypair", "-alias", "authority", "-dname", "CN=Own Authority", "-ext", "bc:c");
        authority.run(
                "-genkeypair", "-alias", SERVER, "-signer", "authority", "-dname", "CN=store", "-ext", "san=" + names);
        return authority;
    }

    /** Holds the server's key and certificate, under {@link #SERVER}. */
    public Path store() {
        return store;
    }

    /** A certificate as PEM. */
    public String pem(String alias) {
        return run("-exportcert", "-rfc", "-alias", alias);
    }

    private String run(String command, String... options) {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        if (command.equals("-genkeypair")) {
            line.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        }
        line.addAll(List.of(options));
        try {
            Path out = Files.createTempFile(store.getParent(), "keytool", ".out");
            Process process = new ProcessBuilder(line)
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", line) + " failed: " + Files.readString(out));
            }
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
