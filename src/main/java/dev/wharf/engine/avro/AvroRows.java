package dev.wharf.engine.avro;

import dev.wharf.engine.duckdb.HeadRows;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TemporarySpace;
import dev.wharf.engine.file.TextEncoding;
import dev.wharf.engine.file.Unpacked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Records of Avro. */
public final class AvroRows implements HeadRows {
    private final StagedFile target;
    private final long enough;
    private final EngineSettings settings;
    private AvroCopy copy;

    /**
     * @param target where records are kept
     * @param enough records that are worth keeping
     */
    public AvroRows(StagedFile target, long enough, EngineSettings settings) {
        this.target = target;
        this.enough = enough;
        this.settings = settings;
    }

    @Override
    public long stage(Path fetched, boolean cut) throws IOException {
        try (var content = Unpacked.open(fetched, Compression.NONE);
                var out = new TemporarySpace(settings, HeadRows.WORK).create(target.path())) {
            copy = AvroCopy.write(content, target.displayName(), out, enough, cut);
        }
        return copy.records();
    }

    @Override
    public TextEncoding encoding() {
        return null;
    }

    @Override
    public Opened open(long most) {
        var columns = copy.columns();
        if (columns.isEmpty() && copy.all()) {
            throw target.problem(AvroTable.WITHOUT_FIELDS);
        }
        return new Opened(columns.isEmpty() ? null : AvroTable.of(columns, List.of(target)), null, null, copy.all());
    }
}
