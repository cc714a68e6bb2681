package dev.wharf.kernel.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An answer of one JSON object a line ({@code application/x-ndjson}), sent while it comes to be. It begins only when there
 * is something to send, so that what fails at once is answered like everything that fails.
 */
public final class JsonLines {
    /** Its media type. */
    public static final String TYPE = "application/x-ndjson";

    private static final JsonFactory ONE_A_LINE = new JsonFactoryBuilder()
            .rootValueSeparator((String) null)
            .build()
            .setCodec(Json.mapper().disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE));

    /** Writes the lines. */
    public interface Work {
        void run(JsonLines lines) throws IOException;
    }

    private final LateStream out;
    private final JsonGenerator json;
    private boolean unsent;

    private JsonLines(Answer answer) throws IOException {
        this.out = new LateStream(answer);
        this.json = ONE_A_LINE.createGenerator(out);
    }

    /** An answer whose lines come from several places; {@link #end} or {@link #breakOff} follows. */
    public static JsonLines begin(Answer answer) {
        try {
            return new JsonLines(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer is whole. */
    public void end() throws IOException {
        json.close();
    }

    /**
     * Sends an answer whole. Where it fails in between, its last line says why, and it breaks off.
     *
     * @throws ClientGoneException as soon as nobody waits for it any more
     * @throws ProblemException for every other failure
     */
    public static void send(Answer answer, Work work) throws ClientGoneException {
        try {
            var lines = new JsonLines(answer);
            try {
                work.run(lines);
                lines.end();
            } catch (RuntimeException e) {
                var problem = Problems.of(e);
                lines.breakOff(problem);
                throw problem;
            }
        } catch (ClientGoneException e) {
            throw e;
        } catch (IOException e) {
            throw Problems.of(e);
        }
    }

    /** Writes a line's object piece by piece; {@link #endLine} follows. */
    public JsonGenerator json() {
        return json;
    }

    public void endLine() throws IOException {
        json.writeRaw('\n');
        unsent = true;
    }

    /** A whole line. */
    public void write(Object value) throws IOException {
        json.writePOJO(value);
        endLine();
    }

    /** Sends what there is, if anything. */
    public void flush() throws IOException {
        if (unsent) {
            json.flush();
            unsent = false;
        }
    }

    /** Says in the last line why the answer ends here, if it has begun; else it can still be another one. */
    public void breakOff(ProblemException failure) throws IOException {
        if (out.hasBegun()) {
            var document = ProblemDocument.of(failure);
            json.writeStartObject();
            json.writeStringField("type", "error");
            json.writeStringField("title", document.title());
            json.writeNumberField("status", document.status());
            json.writeStringField("detail", document.detail());
            json.writePOJOField("exception", document.legacy());
            json.writeEndObject();
            endLine();
            json.flush();
        }
    }
}
