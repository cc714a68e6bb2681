package dev.wharf.browse;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/**
 * The answer of {@code vfsStat}: a row as listings have it, and one field more.
 *
 * @param alsoFolder whether there is a folder of the file's name as well, which is reached with a slash at the end of the
 *     address; null where the key pair may not list
 */
@JsonSerialize(using = Stat.Serializer.class)
public record Stat(Entry entry, Boolean alsoFolder) {

    static final class Serializer extends StdSerializer<Stat> {
        private static final long serialVersionUID = 1;

        Serializer() {
            super(Stat.class);
        }

        @Override
        public void serialize(Stat stat, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            new EntryWriter(json).writeFields(stat.entry());
            json.writeObjectField("alsoFolder", stat.alsoFolder());
            json.writeEndObject();
        }
    }
}
