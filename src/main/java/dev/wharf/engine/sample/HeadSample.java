package dev.wharf.engine.sample;

import dev.wharf.engine.avro.AvroRows;
import dev.wharf.engine.csv.TextRows;
import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.EngineMessages;
import dev.wharf.engine.duckdb.HeadRows;
import dev.wharf.engine.duckdb.HeadRows.Opened;
import dev.wharf.engine.file.PartialFile;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.file.TextEncoding;
import dev.wharf.engine.json.JsonRows;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks into a file whose rows stand one behind the other, from its first bytes on. */
final class HeadSample {
    /** Rows that are looked at for types, also where fewer are shown. */
    private static final int LOOKED_AT = 1_000;
    /** Fetched at first, and four times as much whenever that did not hold the rows. */
    private static final long FIRST_BYTES = 1 << 20;

    private static final long MOST_BYTES = 16 << 20;
    private static final int MOST_ATTEMPTS = 3;

    private final Sampler sampler;
    private final PartialFile file;
    private final String name;
    private final SourceFormat format;
    private final TextDialect said;
    private final List<String> warnings = new ArrayList<>();

    HeadSample(Sampler sampler, PartialFile file, String name, SourceFormat format, TextDialect said) {
        this.sampler = sampler;
        this.file = file;
        this.name = name;
        this.format = format;
        this.said = said;
    }

    Sample first(int limit) throws IOException {
        long looked = Math.max(limit, LOOKED_AT) + 1L;
        var staged = new StagedFile(
                file.path().resolveSibling("rows"),
                name,
                new SourceFormat(format.kind(), SourceFormat.Compression.NONE));
        var rows = rows(staged, looked);
        long count = 0;
        for (long bytes = FIRST_BYTES; bytes <= MOST_BYTES && count <= limit && !file.whole(); bytes *= 4) {
            file.fetch(file.prefix(), bytes - file.prefix());
            if (file.size() > 0) {
                count = rows.stage(file.path(), !file.whole());
            }
        }
        if (file.size() == 0) {
            if (format.kind().compressesInside()) {
                throw staged.notSound();
            }
            return Sample.empty(format, name, file.bytesRead());
        }
        return sampler.inSession(staged, session -> read(session, rows, staged, looked, limit));
    }

    private HeadRows rows(StagedFile staged, long looked) {
        return switch (format.kind()) {
            case JSON -> new JsonRows(format.compression(), staged, looked);
            case AVRO -> new AvroRows(staged, looked, sampler.settings());
            case CSV, TSV, TEXT -> new TextRows(format.compression(), said, staged);
            default -> throw new IllegalStateException("Has no beginning: " + format.kind());
        };
    }

    /** Up to the first row that cannot be read; what is wrong with that one is a warning. */
    private Sample read(DuckDbSession session, HeadRows rows, StagedFile staged, long looked, int limit)
            throws SQLException, IOException {
        long most = looked;
        for (int attempt = 1; ; attempt++) {
            try {
                var opened = rows.open(session, most);
                var found = opened.table() == null
                        ? SampleQuery.Rows.NONE
                        : new SampleQuery(session, opened.table(), SampleQuery.firstColumns(opened.table()))
                                .first(limit);
                return sample(opened, found, count(session, opened), rows.encoding());
            } catch (SQLException failure) {
                var problem = sampler.messages(staged).problem(failure);
                long broken = EngineMessages.row(failure);
                if (broken < 2 || broken > most || attempt == MOST_ATTEMPTS) {
                    throw problem;
                }
                most = broken - 1;
                warnings.clear();
                warnings.add(problem.detail());
            }
        }
    }

    private static Long count(DuckDbSession session, Opened opened) throws SQLException {
        if (!opened.all()) {
            return null;
        }
        return opened.table() == null
                ? 0
                : Long.parseLong(
                        session.query("SELECT count(*) FROM " + opened.table().from())
                                .get(0)
                                .get(0));
    }

    private Sample sample(Opened opened, SampleQuery.Rows found, Long count, TextEncoding encoding) {
        if (opened.table() == null && !opened.all()) {
            throw StagedFile.refuse(
                    name,
                    "has a first row that does not end within the " + file.prefix() + " bytes that are looked at.");
        }
        warnings.addAll(opened.warnings());
        if (opened.table() == null) {
            warnings.add(StagedFile.refuse(name, StagedFile.NOTHING).detail());
        }
        if (encoding == TextEncoding.GUESSED) {
            warnings.add(
                    name + " is neither UTF-8 nor UTF-16 with a byte order mark. It is shown as windows-1252; jobs do"
                            + " not read it. Save it in one of these"
                            + (format.kind().delimited() ? ", or say its encoding (encoding=windows-1252)." : "."));
        }
        if (found.rows().isEmpty() && !opened.all() && warnings.isEmpty()) {
            warnings.add(name + " has no row that ends within the " + file.prefix() + " bytes that are looked at.");
        }
        var names = opened.table() == null ? List.<String>of() : opened.table().names();
        return new Sample(
                format,
                encoding == null ? null : encoding.title(),
                opened.delimiter(),
                opened.header(),
                found.columns(),
                names.size(),
                Sample.omitted(names.subList(found.columns().size(), names.size())),
                found.rows(),
                count,
                found.cuts(),
                List.copyOf(warnings),
                file.size(),
                file.bytesRead());
    }
}
