package dev.wharf.kernel;

import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.settings.SettingsException;
import dev.wharf.kernel.sql.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process with a registry, for tests that let it die: does what its standard input says, and tells what it did. */
public final class RegistryMain {
    private RegistryMain() {}

    /**
     * {@code write <name> <size>} writes a row and tells {@code ack <name>} once it is committed, {@code list} tells
     * {@code row <name> <value>} for each, {@code checkpoint} does that.
     */
    public static void main(String[] args) throws IOException {
        var folder = DataFolder.open(Path.of(args[0]));
        var database = new Database(
                new Settings.Registry("", "sa", Secret.NONE, 0, 0, java.time.Duration.ofSeconds(30)), folder);
        try {
            database.open();
        } catch (SettingsException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        System.out.println("open");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "write" -> {
                    database.sql("kernel/insert-setting")
                            .param("name", words[1])
                            .param("value", words[1] + "x".repeat(Integer.parseInt(words[2])))
                            .update();
                    System.out.println("ack " + words[1]);
                }
                case "list" -> {
                    org.springframework.jdbc.core.simple.JdbcClient.create(database.dataSource())
                            .sql("SELECT name, setting_value FROM setting WHERE name LIKE 'row%' ORDER BY name")
                            .query((row, number) -> "row " + row.getString(1) + " " + row.getString(2))
                            .list()
                            .forEach(System.out::println);
                    System.out.println("listed");
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
        database.close();
        folder.close();
    }
}
