package dev.wharf.engine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.DupDetector;
import dev.wharf.engine.duckdb.ValueSql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;

/** Copies one record of JSON after the other as a line, see {@link JsonCopy}. */
final class JsonRecord {
    /** What is wrong with a record, as it goes on behind the file's name. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** Of one record. */
    static final int MOST_CHARACTERS = 16 << 20;
    /** How deep records may be nested: beyond all data that was seen, and within what other programs read. */
    static final int DEEPEST = 500;

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private final JsonColumns columns;
    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final JsonGenerator keys;
    private final StringWriter value = new StringWriter();
    private final JsonGenerator values;
    private boolean within;
    private long count;
    private int longest;
    private String doubt;

    JsonRecord(JsonParser parser, JsonColumns columns, OutputStream out) throws IOException {
        this.parser = parser;
        this.columns = columns;
        this.out = out;
        this.keys = JSON.createGenerator(line)
                .setRootValueSeparator(null)
                .enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
        this.values = JSON.createGenerator(value).setRootValueSeparator(null);
    }

    /** How many were written. */
    long count() {
        return count;
    }

    /** The longest line, in bytes. */
    int longest() {
        return longest;
    }

    /** What was read although it is no JSON; null where nothing was. */
    String doubt() {
        return doubt;
    }

    /** @param token with which the record begins */
    void read(JsonToken token) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException();
        }
        line.reset();
        within = true;
        boolean object = token == JsonToken.START_OBJECT;
        keys.writeStartObject();
        if (columns.areValues(object || token == JsonToken.VALUE_NULL)) {
            write(1, token);
        } else if (object) {
            fields();
        }
        keys.writeEndObject();
        keys.flush();
        within = false;
    }

    /** Hands out what was read. */
    void write() throws IOException {
        line.write('\n');
        line.writeTo(out);
        longest = Math.max(longest, line.size());
        count++;
    }

    private void fields() throws IOException {
        var names = DupDetector.rootDetector((JsonParser) null);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            refuseTwice(names, name);
            refuseHalves(name);
            int number = columns.number(name);
            if (number == 0) {
                throw new Refused(" has more than " + JsonColumns.MOST + " different keys; put them into an array.");
            }
            write(number, parser.nextToken());
        }
    }

    private void write(int number, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NULL) {
            value.getBuffer().setLength(0);
            copy(token);
            values.flush();
            var text = value.toString();
            refuseHalves(text);
            keys.writeFieldName("c" + number);
            keys.writeString(text);
        }
    }

    private void copy(JsonToken first) throws IOException {
        Deque<DupDetector> outer = new ArrayDeque<>();
        var token = first;
        for (boolean more = true; more; token = more ? parser.nextToken() : null) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    outer.push(DupDetector.rootDetector((JsonParser) null));
                    if (outer.size() >= DEEPEST) {
                        throw new Refused(" is nested more than " + DEEPEST + " levels deep; flatten it.");
                    }
                    values.copyCurrentEvent(parser);
                }
                case END_OBJECT, END_ARRAY -> {
                    outer.pop();
                    values.copyCurrentEvent(parser);
                }
                case FIELD_NAME -> {
                    refuseTwice(outer.element(), parser.currentName());
                    values.copyCurrentEvent(parser);
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
                default -> values.copyCurrentEvent(parser);
            }
            if (line.size() + value.getBuffer().length() > MOST_CHARACTERS) {
                throw new Refused(tooLong());
            }
            more = !outer.isEmpty();
        }
    }

    /** With its own digits; what is no number to JSON is text. */
    private void number(String text) throws IOException {
        if (Character.isDigit(text.charAt(text.length() - 1))) {
            values.writeNumber(text);
        } else {
            if (doubt == null) {
                doubt = ", record " + (count + 1) + ", has " + text
                        + ", which is no number of JSON; it is read as text.";
            }
            values.writeString(String.valueOf(parser.getDoubleValue()));
        }
    }

    private void refuseTwice(DupDetector names, String name) throws IOException {
        if (names.isDup(name)) {
            throw new Refused(": record " + (count + 1) + " has the key " + ValueSql.quotedName(name) + " twice.");
        }
    }

    /** Half of a surrogate pair can be escaped, but is no character that a text could hold. */
    private void refuseHalves(String text) throws IOException {
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            if (Character.isHighSurrogate(one)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(one)) {
                throw new Refused(": record " + (count + 1) + " has the character \\u" + Integer.toHexString(one)
                        + ", which is but half of a pair and no text.");
            }
        }
    }

    String tooLong() {
        return ": record " + (count + 1) + " has more than 16 MB.";
    }

    /** What it means that the text ends here. */
    String ended(boolean inArray) {
        return inArray && !within
                ? " is not complete: its array does not end behind record " + count
                : broken("it does not end");
    }

    String broken(String why) {
        return ", record " + (count + 1) + ", is not valid JSON: " + why;
    }
}
