package dev.wharf.engine.sample;

import dev.wharf.engine.avro.AvroRows;
import dev.wharf.engine.csv.TextRows;
import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.EngineMessages;
import dev.wharf.engine.duckdb.HeadRows;
import dev.wharf.engine.duckdb.HeadRows.Opened;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.duckdb.TypedColumns;
import dev.wharf.engine.file.PartialFile;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TextEncoding;
import dev.wharf.engine.json.JsonRows;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Looks into a file whose rows stand one behind the other, from its first bytes on. */
final class HeadSample {
    /** Rows that are looked at for types, also where fewer are shown. */
    private static final int LOOKED_AT = 1_000;
    /** Fetched at first, and four times as much whenever that did not hold the rows. */
    private static final long FIRST_BYTES = 1 << 20;
    /** The same where no rows are shown: what decides how delimited text is read, also in UTF-16. */
    private static final long STRUCTURE_BYTES = 520 << 10;

    private static final long MOST_BYTES = 16 << 20;
    private static final int MOST_ATTEMPTS = 3;

    private final Sampler sampler;
    private final PartialFile file;
    private final String name;
    private final SourceFormat format;
    private final Reading said;
    private final StagedFile staged;
    private final List<String> warnings = new ArrayList<>();

    HeadSample(Sampler sampler, PartialFile file, String name, SourceFormat format, Reading said) {
        this.sampler = sampler;
        this.file = file;
        this.name = name;
        this.format = format;
        this.said = said;
        this.staged = new StagedFile(
                file.path().resolveSibling("rows"),
                name,
                new SourceFormat(format.kind(), SourceFormat.Compression.NONE));
    }

    Sample first(int limit) throws IOException {
        long looked = Math.max(limit, LOOKED_AT) + 1L;
        var rows = rows(looked);
        fetch(rows, FIRST_BYTES, limit);
        if (file.size() == 0) {
            return Sample.empty(format, name, file.bytesRead());
        }
        return sampler.inSession(staged, session -> read(session, rows, looked, limit));
    }

    /** @param types whether they are found out where the format does not state them */
    FileStructure structure(boolean types) throws IOException {
        var rows = rows(LOOKED_AT + 1L);
        fetch(rows, STRUCTURE_BYTES, 1);
        if (file.size() == 0) {
            return FileStructure.empty(format);
        }
        var opened = rows.open(LOOKED_AT + 1L);
        var table = opened.table();
        if (table == null) {
            return opened.all()
                    ? FileStructure.empty(format)
                    : FileStructure.broken(format, endless().detail());
        }
        return structure(
                rows,
                opened,
                types && !table.typed() ? found(table) : table.types(),
                said.types().isEmpty() ? null : misfit(table));
    }

    /** The first value that is not of the type that was said; null where there is none. */
    private String misfit(Table table) {
        return sampler.inSession(staged, session -> {
            var fault = TypedColumns.of(session, table, said.types(), false).first(session);
            return fault == null ? null : fault.problem().detail();
        });
    }

    private List<String> found(Table table) {
        return sampler.inSession(staged, session -> SampleQuery.types(session, table, SampleQuery.firstColumns(table)));
    }

    private void fetch(HeadRows rows, long first, int wanted) throws IOException {
        long count = 0;
        for (long bytes = first; bytes <= MOST_BYTES && count <= wanted && !file.whole(); bytes *= 4) {
            file.fetch(file.prefix(), bytes - file.prefix());
            if (file.size() > 0) {
                count = rows.stage(file.path(), !file.whole());
            }
        }
        if (file.size() == 0 && format.kind().compressesInside()) {
            throw staged.notSound();
        }
    }

    private HeadRows rows(long looked) {
        return switch (format.kind()) {
            case JSON -> new JsonRows(format.compression(), staged, looked, said.values());
            case AVRO -> new AvroRows(staged, looked, sampler.settings());
            case CSV, TSV, TEXT -> new TextRows(format.compression(), said.dialect(), staged);
            default -> throw new IllegalStateException("Has no beginning: " + format.kind());
        };
    }

    private FileStructure structure(HeadRows rows, Opened opened, List<String> types, String misfit) {
        var names = opened.table().names();
        var columns = IntStream.range(0, names.size())
                .mapToObj(at -> new Sample.Column(names.get(at), at < types.size() ? types.get(at) : null))
                .toList();
        var encoding = rows.encoding();
        var problem = encoding == TextEncoding.GUESSED ? guessed("It looks like windows-1252") : opened.problem();
        if (problem == null) {
            problem = misfit;
        }
        return new FileStructure(
                format,
                encoding == null ? null : encoding.title(),
                opened.delimiter(),
                opened.header(),
                columns,
                rows instanceof JsonRows json && json.ofValues(),
                rows instanceof TextRows text ? text.firstRow() : null,
                opened.all(),
                problem);
    }

    /** Up to the first row that cannot be read; what is wrong with that one is a warning. */
    private Sample read(DuckDbSession session, HeadRows rows, long looked, int limit) throws SQLException, IOException {
        long most = looked;
        for (int attempt = 1; ; attempt++) {
            try {
                var opened = rows.open(most);
                var found = opened.table() == null ? SampleQuery.Rows.NONE : shown(session, opened, limit);
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

    /** Up to the first row with a value that is not of the type that was said. */
    private SampleQuery.Rows shown(DuckDbSession session, Opened opened, int limit) throws SQLException, IOException {
        var table = opened.table();
        var fault = said.types().isEmpty()
                ? null
                : TypedColumns.of(session, table, said.types(), false).first(session);
        if (fault != null) {
            warnings.add(fault.problem().detail());
        }
        return new SampleQuery(session, table, SampleQuery.firstColumns(table), said.types())
                .first(fault == null ? limit : (int) Math.min(limit, fault.row() - 1));
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
            throw endless();
        }
        if (opened.problem() != null) {
            warnings.add(opened.problem());
        }
        warnings.addAll(opened.warnings());
        if (opened.table() == null) {
            warnings.add(StagedFile.refuse(name, StagedFile.NOTHING).detail());
        }
        if (encoding == TextEncoding.GUESSED) {
            warnings.add(guessed("It is shown as windows-1252; jobs do not read it"));
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

    private ProblemException endless() {
        return StagedFile.refuse(
                name, "has a first row that does not end within the " + file.prefix() + " bytes that are looked at.");
    }

    private String guessed(String words) {
        return name + " is neither UTF-8 nor UTF-16 with a byte order mark. " + words + ". Save it in one of these"
                + (format.kind().delimited() ? ", or say its encoding (encoding=windows-1252)." : ".");
    }
}
