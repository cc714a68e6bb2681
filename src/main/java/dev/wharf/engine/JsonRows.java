package dev.wharf.engine;

import dev.wharf.engine.SourceFormat.Compression;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;

/** Records of JSON. */
final class JsonRows implements HeadRows {
    private final Compression compression;
    private final StagedFile target;
    private final long enough;
    private TextHead head;
    private JsonRecords records;

    /**
     * @param compression of what is fetched
     * @param target where records are kept
     * @param enough records that are worth keeping
     */
    JsonRows(Compression compression, StagedFile target, long enough) {
        this.compression = compression;
        this.target = target;
        this.enough = enough;
    }

    @Override
    public long stage(Path fetched, boolean cut) throws IOException {
        head = TextHead.write(
                fetched, cut, compression, target.displayName(), target.path().resolveSibling("text"));
        records = JsonRecords.write(head.path(), !head.whole(), target.path(), enough);
        return records.count();
    }

    @Override
    public TextEncoding encoding() {
        return head.encoding();
    }

    @Override
    public Opened open(DuckDbSession session, long most) throws SQLException, IOException {
        if (records.count() > most) {
            try (var file = FileChannel.open(target.path(), StandardOpenOption.WRITE)) {
                file.truncate(TextLines.end(target.path(), most));
            }
            records = new JsonRecords(most, false);
        }
        if (records.count() == 0) {
            return new Opened(null, null, null, records.all());
        }
        return new Opened(JsonTable.open(session, List.of(target), JsonTable.LINES), null, null, records.all());
    }
}
