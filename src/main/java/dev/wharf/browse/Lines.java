package dev.wharf.browse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.wharf.kernel.Answer;
import dev.wharf.kernel.ClientGoneException;
import dev.wharf.kernel.Json;
import dev.wharf.kernel.ProblemDocument;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Problems;
import java.io.IOException;

/**
 * An answer of one JSON object a line, sent while it comes to be. It begins only when there is something to send, so that
 * what fails at once is answered like everything that fails.
 */
final class Lines implements Rows {
    /** A store's page: what is on one does not wait for the next. */
    private static final int LOOK_AFTER = 1_000;

    private static final long LOOK_NANOS = 200_000_000;
    private static final long PROGRESS_NANOS = 1_000_000_000;

    private static final JsonFactory ONE_A_LINE =
            new JsonFactoryBuilder().rootValueSeparator((String) null).build().setCodec(Json.mapper());

    /** Finds what is to be sent. */
    interface Work {
        /**
         * @return whether that was all there is
         */
        boolean run(Lines lines) throws IOException;
    }

    private final LateStream out;
    private final Answer answer;
    private final boolean progress;
    private final JsonGenerator json;
    private final EntryWriter entries;

    private long looked;
    private long count;
    private boolean unsent;
    private long lastLook = System.nanoTime();
    private long lastProgress = lastLook;

    private Lines(Answer answer, boolean progress) throws IOException {
        this.out = new LateStream(answer);
        this.answer = answer;
        this.progress = progress;
        this.json = ONE_A_LINE.createGenerator(out);
        this.entries = new EntryWriter(json);
    }

    /**
     * Sends an answer whole. Where it fails in between, its last line says why, and it breaks off.
     *
     * @param progress whether further lines say how far it is, once a second at most, and the last one whether that was
     *     all
     * @throws ClientGoneException as soon as nobody waits for it any more
     * @throws ProblemException for every other failure
     */
    static void send(Answer answer, boolean progress, Work work) throws ClientGoneException {
        try {
            var lines = new Lines(answer, progress);
            try {
                lines.end(work.run(lines));
            } catch (RuntimeException e) {
                throw lines.brokenOff(Problems.of(e));
            }
        } catch (ClientGoneException e) {
            throw e;
        } catch (IOException e) {
            throw Problems.of(e);
        }
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public long looked() {
        return looked;
    }

    @Override
    public void write(Entry entry) throws IOException {
        entries.write(entry);
        endLine();
        count++;
    }

    /** Sends what there is, from time to time. */
    @Override
    public void look() throws IOException {
        looked++;
        long now = System.nanoTime();
        if (looked % LOOK_AFTER != 0 && now - lastLook < LOOK_NANOS) {
            return;
        }
        lastLook = now;
        if (answer.isGone()) {
            throw new ClientGoneException("The client has gone");
        }
        if (progress && now - lastProgress >= PROGRESS_NANOS) {
            lastProgress = now;
            startProgress();
            json.writeEndObject();
            endLine();
        }
        if (unsent) {
            json.flush();
            unsent = false;
        }
    }

    private void end(boolean complete) throws IOException {
        if (progress) {
            startProgress();
            json.writeBooleanField("complete", complete);
            json.writeEndObject();
            endLine();
        }
        json.close();
    }

    private void startProgress() throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "progress");
        json.writeNumberField("scanned", looked);
        json.writeNumberField("count", count);
    }

    private void endLine() throws IOException {
        json.writeRaw('\n');
        unsent = true;
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
