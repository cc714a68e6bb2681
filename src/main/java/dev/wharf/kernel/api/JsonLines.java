package dev.wharf.kernel.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;

/**
 * An answer of one JSON object a line ({@code application/x-ndjson}), sent while it comes to be. It begins only when there
 * is something to send, so that what fails at once is answered like everything that fails.
 */
public final class JsonLines {
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
                lines.json.close();
            } catch (RuntimeException e) {
                throw lines.brokenOff(Problems.of(e));
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

    private ProblemException brokenOff(ProblemException failure) throws IOException {
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
        return failure;
    }
}
