package dev.wharf.browse;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.JsonLines;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;

/** Rows as an answer of one a line, with further lines about how far it is where they are asked for. */
final class Lines implements Rows {
    /** A store's page: what is on one does not wait for the next. */
    private static final int LOOK_AFTER = 1_000;

    private static final long LOOK_NANOS = 200_000_000;
    private static final long PROGRESS_NANOS = 1_000_000_000;

    /** Finds what is to be sent. */
    interface Work {
        /**
         * @return whether that was all there is
         */
        boolean run(Lines lines) throws IOException;
    }

    private final Answer answer;
    private final JsonLines out;
    private final JsonGenerator json;
    private final boolean progress;
    private final EntryWriter entries;

    private long looked;
    private long count;
    private long lastLook = System.nanoTime();
    private long lastProgress = lastLook;

    private Lines(Answer answer, JsonLines out, boolean progress) {
        this.answer = answer;
        this.out = out;
        this.json = out.json();
        this.progress = progress;
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
        JsonLines.send(answer, out -> {
            var lines = new Lines(answer, out, progress);
            lines.end(work.run(lines));
        });
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
        out.endLine();
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
            out.endLine();
        }
        out.flush();
    }

    private void end(boolean complete) throws IOException {
        if (progress) {
            startProgress();
            json.writeBooleanField("complete", complete);
            json.writeEndObject();
            out.endLine();
        }
    }

    private void startProgress() throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "progress");
        json.writeNumberField("scanned", looked);
        json.writeNumberField("count", count);
    }
}
