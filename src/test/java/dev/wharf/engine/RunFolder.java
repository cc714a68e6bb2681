package dev.wharf.engine;

import dev.wharf.engine.file.EngineInput;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.profile.Profile;
import dev.wharf.engine.run.CsvOptions;
import dev.wharf.engine.run.DuckDbEngine;
import dev.wharf.engine.run.EngineResult;
import dev.wharf.engine.run.EngineRun;
import dev.wharf.engine.run.EngineSource;
import dev.wharf.engine.run.ResultFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;
import org.duckdb.DuckDBDriver;

/** A working folder with staged inputs, and the engine run over it. */
public final class RunFolder {
    private final Path folder;
    private final List<EngineInput> inputs = new ArrayList<>();
    private Reading said = Reading.UNSAID;
    private boolean inferTypes = true;
    private CsvOptions csv = CsvOptions.withHeader();
    private EngineSettings settings = EngineSettings.defaults();

    public RunFolder(Path folder) {
        this.folder = folder;
    }

    public RunFolder with(String displayName, String content) {
        return with(displayName, content.getBytes(StandardCharsets.UTF_8));
    }

    public RunFolder with(String displayName, byte[] content) {
        var name = displayName.substring(displayName.lastIndexOf('/') + 1);
        var extensions = name.contains(".") ? name.substring(name.indexOf('.')) : "";
        var path = folder.resolve("%06d%s".formatted(inputs.size() + 1, extensions));
        try {
            Files.write(path, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        inputs.add(new EngineInput(path, displayName));
        return this;
    }

    public RunFolder withInput(Path path, String displayName) {
        inputs.add(new EngineInput(path, displayName));
        return this;
    }

    public RunFolder said(TextDialect value) {
        return said(Reading.of(value));
    }

    public RunFolder said(Reading value) {
        said = value;
        return this;
    }

    RunFolder inferTypes(boolean value) {
        inferTypes = value;
        return this;
    }

    public RunFolder csv(CsvOptions value) {
        csv = value;
        return this;
    }

    public RunFolder settings(EngineSettings value) {
        settings = value;
        return this;
    }

    public EngineResult run(ResultFormat format) {
        return run(format, Compression.NONE);
    }

    public EngineResult run(ResultFormat format, Compression compression) {
        return run(
                format,
                compression,
                "result." + format.extension() + format.around(compression).extension(),
                0);
    }

    public EngineResult parts(ResultFormat format, Compression compression, long partBytes) {
        return run(format, compression, "result", partBytes);
    }

    private EngineResult run(ResultFormat format, Compression compression, String name, long partBytes) {
        return new DuckDbEngine(settings).run(new EngineRun(source(), format, compression, csv, name, partBytes));
    }

    public Profile profile() {
        return new DuckDbEngine(settings).profile(source());
    }

    private EngineSource source() {
        return new EngineSource(folder, inputs, said, inferTypes);
    }

    public String csv() {
        return text(ResultFormat.CSV);
    }

    String json() {
        return text(ResultFormat.JSON);
    }

    private String text(ResultFormat format) {
        try {
            return Files.readString(run(format).file());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Rows as another, unrestricted DuckDB sees them, values as text. */
    public static List<List<String>> query(String sql) throws SQLException {
        try (var connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return List.of();
            }
            var answer = new ArrayList<List<String>>();
            try (var rows = statement.getResultSet()) {
                while (rows.next()) {
                    var row = new ArrayList<String>();
                    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                        row.add(String.valueOf(rows.getString(column)));
                    }
                    answer.add(row);
                }
            }
            return answer;
        }
    }

    public static byte[] gzip(String content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    public static String sample(String name) throws IOException {
        try (var content = RunFolder.class.getResourceAsStream("/data/" + name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
