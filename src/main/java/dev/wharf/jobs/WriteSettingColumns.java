package dev.wharf.jobs;

import dev.wharf.engine.run.CsvOptions;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.parameters.DestinationPath;
import dev.wharf.store.S3Uri;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How a write setting is kept, by a job as by a recipe. */
public final class WriteSettingColumns {
    private WriteSettingColumns() {}

    public static JdbcClient.StatementSpec told(JdbcClient.StatementSpec statement, WriteSetting setting) {
        return statement
                .param("path", setting.written().toString())
                .param("format", setting.format().extension())
                .param("compression", setting.compression().title())
                .param("header", setting.csv().header())
                .param("delim", String.valueOf(setting.csv().delimiter()))
                .param("quotes", setting.csv().quoteEveryField())
                .param("single", setting.singleFile());
    }

    /** What was saved: parts of its path may vary. */
    public static WriteSetting saved(ResultSet row) throws SQLException {
        WriteSetting setting = row(row);
        DestinationPath varying = DestinationPath.read(setting.path(), row.getString("parameters"));
        return varying == null
                ? setting
                : new WriteSetting(
                        varying.sample(),
                        setting.format(),
                        setting.compression(),
                        setting.csv(),
                        setting.singleFile(),
                        varying);
    }

    /** What a job writes. */
    public static WriteSetting row(ResultSet row) throws SQLException {
        var format = ResultFormat.of(row.getString("result_format"));
        return new WriteSetting(
                S3Uri.parse(row.getString("path")),
                format,
                format.compression(row.getString("compression")),
                new CsvOptions(
                        row.getBoolean("has_header"), row.getString("delim").charAt(0), row.getBoolean("has_quotes")),
                row.getBoolean("is_single_file"),
                null);
    }
}
