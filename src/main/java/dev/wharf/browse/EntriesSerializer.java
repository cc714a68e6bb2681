package dev.wharf.browse;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;

/** The rows of a JSON answer, as {@link EntryWriter} writes them. */
final class EntriesSerializer extends StdSerializer<List<Entry>> {
    private static final long serialVersionUID = 1;

    EntriesSerializer() {
        super(List.class, false);
    }

    @Override
    public void serialize(List<Entry> entries, JsonGenerator json, SerializerProvider provider) throws IOException {
        var writer = new EntryWriter(json);
        json.writeStartArray();
        for (Entry entry : entries) {
            writer.write(entry);
        }
        json.writeEndArray();
    }
}
