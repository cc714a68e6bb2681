package dev.wharf.engine.json;

import dev.wharf.engine.duckdb.HeadRows;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TextEncoding;
import dev.wharf.engine.file.TextHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Records of JSON. */
public final class JsonRows implements HeadRows {
    private final Compression compression;
    private final StagedFile target;
    private final long enough;
    private final boolean values;
    private TextHead head;
    private JsonColumns columns;
    private JsonCopy copy;

    /**
     * @param compression of what is fetched
     * @param target where records are kept
     * @param enough records that are worth keeping
     * @param values whether records are values, also where all of them are objects
     */
    public JsonRows(Compression compression, StagedFile target, long enough, boolean values) {
        this.compression = compression;
        this.target = target;
        this.enough = enough;
        this.values = values;
    }

    @Override
    public long stage(Path fetched, boolean cut) throws IOException {
        head = TextHead.write(
                fetched, cut, compression, target.displayName(), target.path().resolveSibling("text"));
        columns = values ? JsonColumns.ofValues() : new JsonColumns();
        try {
            copy();
        } catch (JsonColumns.Mixed mixed) {
            columns = null;
        }
        if (columns == null || columns.withoutKeys()) {
            columns = JsonColumns.ofValues();
            copy();
        }
        return copy.records();
    }

    private void copy() throws IOException {
        copy = JsonCopy.write(
                () -> Files.newInputStream(head.path()),
                () -> JsonTable.packed(Files.newOutputStream(target.path())),
                columns,
                enough,
                !head.whole());
    }

    /** Whether records are values in one column, as not all of them are objects. */
    public boolean ofValues() {
        return columns.ofValuesOnly();
    }

    @Override
    public TextEncoding encoding() {
        return head.encoding();
    }

    @Override
    public Opened open(long most) {
        if (copy.records() == 0) {
            if (copy.problem() != null) {
                throw JsonTable.problem(target.displayName(), copy);
            }
            return new Opened(null, null, null, copy.all());
        }
        var table = JsonTable.of(columns, List.of(target), List.of(target.path()), copy.longest());
        return new Opened(
                table,
                null,
                null,
                copy.all(),
                copy.problem() == null ? null : target.displayName() + copy.problem(),
                copy.doubt() == null ? List.of() : List.of(target.displayName() + copy.doubt()));
    }
}
