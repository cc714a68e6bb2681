package dev.wharf.browse;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Restore;
import dev.wharf.store.S3Uri;
import java.io.IOException;
import java.util.Arrays;

/**
 * Writes rows, alike in every answer. A listing has millions of them, so names and addresses go from the key to the
 * output without a string of their own. For one thread.
 */
final class EntryWriter {
    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString URI = new SerializedString("uri");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString FILE = new SerializedString("file");
    private static final SerializableString FOLDER = new SerializedString("folder");
    private static final SerializableString SIZE = new SerializedString("size");
    private static final SerializableString LAST_MODIFIED = new SerializedString("lastModified");
    private static final SerializableString ETAG = new SerializedString("etag");
    private static final SerializableString STORAGE_CLASS = new SerializedString("storageClass");
    private static final SerializableString ARCHIVED = new SerializedString("archived");
    private static final SerializableString RESTORE = new SerializedString("restore");

    private static final SerializableString[] OF_FILES_ONLY = {SIZE, LAST_MODIFIED, ETAG, STORAGE_CLASS};

    private final JsonGenerator json;
    private final TimeWriter times;

    private S3Uri place;
    private String suffix;
    /** The address that is being written: what is the same in all of a place, then the key, then the suffix. */
    private char[] address = new char[256];

    private int keyStart;

    /**
     * @param json with a codec
     */
    EntryWriter(JsonGenerator json) {
        this.json = json;
        this.times = new TimeWriter(json);
    }

    void write(Entry entry) throws IOException {
        json.writeStartObject();
        writeFields(entry);
        json.writeEndObject();
    }

    /** What is between the braces. */
    void writeFields(Entry entry) throws IOException {
        if (entry.place() != place) {
            enter(entry.place());
        }
        writeAddress(entry.key());
        if (entry.listed() instanceof ListedEntry.File file) {
            writeFile(file.object());
        } else {
            writeFolder();
        }
    }

    private void enter(S3Uri next) {
        place = next;
        suffix = next.suffix();
        String start = next.withKey("").location();
        keyStart = start.length();
        start.getChars(0, keyStart, address, 0);
    }

    private void writeAddress(String key) throws IOException {
        // In base storage it depends on the key whether there is a suffix, and only a key with a question mark has one.
        String end = place.connectionId() == null && key.indexOf('?') >= 0
                ? place.withKey(key).suffix()
                : suffix;
        int keyEnd = keyStart + key.length();
        int length = keyEnd + end.length();
        if (length > address.length) {
            address = Arrays.copyOf(address, length * 2);
        }
        key.getChars(0, key.length(), address, keyStart);
        end.getChars(0, end.length(), address, keyEnd);

        json.writeFieldName(NAME);
        writeName(key);
        json.writeFieldName(URI);
        json.writeString(address, 0, length);
    }

    /** The last part of the key, without a trailing slash; a bucket's own name. */
    private void writeName(String key) throws IOException {
        if (key.isEmpty()) {
            json.writeString(place.bucket());
            return;
        }
        int end = key.endsWith("/") ? key.length() - 1 : key.length();
        int start = key.lastIndexOf('/', end - 1) + 1;
        json.writeString(address, keyStart + start, end - start);
    }

    private void writeFile(ObjectInfo object) throws IOException {
        json.writeFieldName(TYPE);
        json.writeString(FILE);
        json.writeFieldName(SIZE);
        json.writeNumber(object.size());
        json.writeFieldName(LAST_MODIFIED);
        times.write(object.lastModified());
        json.writeFieldName(ETAG);
        json.writeString(object.etag().isEmpty() ? null : object.etag());
        json.writeFieldName(STORAGE_CLASS);
        json.writeString(object.storageClass());
        json.writeFieldName(ARCHIVED);
        json.writeBoolean(object.archived());
        json.writeFieldName(RESTORE);
        writeRestore(object.restore());
    }

    private void writeRestore(Restore restore) throws IOException {
        if (restore == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        if (restore.isOngoing()) {
            json.writeBooleanField("ongoing", true);
        } else {
            json.writeFieldName("until");
            times.write(restore.until());
        }
        json.writeEndObject();
    }

    private void writeFolder() throws IOException {
        json.writeFieldName(TYPE);
        json.writeString(FOLDER);
        for (SerializableString absent : OF_FILES_ONLY) {
            json.writeFieldName(absent);
            json.writeNull();
        }
        json.writeFieldName(ARCHIVED);
        json.writeBoolean(false);
        json.writeFieldName(RESTORE);
        json.writeNull();
    }
}
