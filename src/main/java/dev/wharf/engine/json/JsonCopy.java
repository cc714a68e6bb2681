package dev.wharf.engine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The records of JSON text (RFC 8259) as JSON Lines with the keys {@code c1}, {@code c2} and so on, each value as a text
 * that is JSON: names and digits stay what they are, which DuckDB would change. Records are the elements of one array,
 * which has to end and to be all there is, or values one after the other. Written by Python, {@code NaN} and {@code
 * Infinity} are read and become text.
 *
 * @param records how many were copied
 * @param all whether that is every record of the text
 * @param longest line, in bytes
 * @param problem what is wrong behind these records; null where nothing is
 * @param doubt what is no JSON, but was read; null where nothing is
 */
record JsonCopy(long records, boolean all, int longest, String problem, String doubt) {
    /** Several arrays, a line each: then they are records themselves. */
    private static final class ArrayLines extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Text from its beginning, as often as it is asked for. */
    interface Source {
        InputStream open() throws IOException;
    }

    /** A file, emptied whenever it is asked for. */
    interface Target {
        OutputStream open() throws IOException;
    }

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(JsonRecord.MOST_CHARACTERS)
                    .maxNumberLength(JsonRecord.MOST_CHARACTERS)
                    .maxNameLength(JsonRecord.MOST_CHARACTERS)
                    .build())
            .build();

    /** Knows whether the end was met: then what is broken may only be cut off. */
    private static final class Text extends FilterReader {
        private boolean ended;

        Text(Reader in) {
            super(in);
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            ended |= count < 0;
            return count;
        }
    }

    /**
     * Copies records until it is enough.
     *
     * @param text in UTF-8, without a byte order mark
     * @param columns learn the keys
     * @param cut whether the text may end anywhere; what follows the last whole record is left out then
     * @throws java.nio.charset.CharacterCodingException where it is not UTF-8
     * @throws JsonColumns.Mixed where it has to be read again
     */
    static JsonCopy write(Source text, Target target, JsonColumns columns, long most, boolean cut) throws IOException {
        try {
            return write(text, target, columns, most, cut, true);
        } catch (ArrayLines lines) {
            return write(text, target, columns, most, cut, false);
        }
    }

    private static JsonCopy write(
            Source source, Target target, JsonColumns columns, long most, boolean cut, boolean mayBeArray)
            throws IOException {
        var utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var text = new Text(new InputStreamReader(source.open(), utf8));
                var parser = JSON.createParser(text);
                var out = target.open()) {
            var record = new JsonRecord(parser, columns, out);
            var problem = copy(parser, record, most, mayBeArray, text, cut);
            boolean all = problem == null && !cut && record.count() < most;
            return new JsonCopy(record.count(), all, record.longest(), problem, record.doubt());
        }
    }

    /** @return what is wrong; null where nothing is */
    private static String copy(
            JsonParser parser, JsonRecord record, long most, boolean mayBeArray, Text text, boolean cut)
            throws IOException {
        boolean inArray = false;
        try {
            var first = parser.nextToken();
            inArray = mayBeArray && first == JsonToken.START_ARRAY;
            if (inArray) {
                copy(parser, record, parser.nextToken(), JsonToken.END_ARRAY, most, cut);
                end(parser, record);
            } else {
                copy(parser, record, first, null, most, cut);
            }
            return null;
        } catch (JsonRecord.Refused refused) {
            return refused.getMessage();
        } catch (StreamConstraintsException tooLong) {
            return record.tooLong();
        } catch (JsonParseException broken) {
            if (cut && text.ended) {
                return null;
            }
            return isEnd(broken)
                    ? record.ended(inArray) + place(parser.currentLocation()) + "."
                    : record.broken(JsonFault.words(broken.getOriginalMessage())) + place(broken.getLocation()) + ".";
        }
    }

    /** Between two elements the parser has another exception for it than within them. */
    private static boolean isEnd(JsonParseException broken) {
        return broken instanceof JsonEOFException || broken.getOriginalMessage().startsWith("Unexpected end-of-input");
    }

    private static void copy(
            JsonParser parser, JsonRecord record, JsonToken first, JsonToken end, long most, boolean cut)
            throws IOException {
        for (var token = first; token != end && record.count() < most; ) {
            // A number that is cut off looks like a shorter one.
            boolean mayGoOn = cut && token.isScalarValue();
            record.read(token);
            if (!mayGoOn) {
                record.write();
            }
            token = parser.nextToken();
            if (mayGoOn && token != null) {
                record.write();
            }
        }
    }

    /** Behind an array, there is nothing; unless it is one of many lines. */
    private static void end(JsonParser parser, JsonRecord record) throws IOException {
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            return;
        }
        int line = parser.currentTokenLocation().getLineNr();
        var behind = parser.nextToken();
        if (behind == JsonToken.START_ARRAY && parser.currentTokenLocation().getLineNr() > line) {
            throw new ArrayLines();
        }
        if (behind != null) {
            throw new JsonRecord.Refused(" is not valid JSON: there is more behind the end of its array, which has "
                    + record.count() + " records" + place(parser.currentTokenLocation()) + ".");
        }
    }

    private static String place(JsonLocation place) {
        return " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }
}
