package dev.wharf.imports;

import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.JsonLines;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectNames.NoData;
import java.io.IOException;
import java.util.Locale;

/** The progress of a look at a source, as an answer of lines: what is ignored, how far it is, and the report in the end. */
final class ProgressLines implements Progress {
    private static final long EVERY_NANOS = 1_000_000_000;

    private final Answer answer;
    private final JsonLines lines;
    private long last = System.nanoTime();

    ProgressLines(Answer answer) {
        this.answer = answer;
        this.lines = JsonLines.begin(answer);
    }

    private record IgnoredLine(String type, String key, String reason) {}

    private record ProgressLine(String type, long files, long bytes, long ignored, long refused) {}

    private record ReportLine(String type, ImportReport report) {}

    @Override
    public void ignored(String key, NoData reason) throws IOException {
        lines.write(new IgnoredLine("ignored", key, reason.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void look(Findings findings) throws IOException {
        if (System.nanoTime() - last < EVERY_NANOS) {
            return;
        }
        last = System.nanoTime();
        if (answer.isGone()) {
            throw new ClientGoneException("The client has gone");
        }
        lines.write(new ProgressLine(
                "progress", findings.files(), findings.bytes(), findings.ignored(), findings.refused()));
        lines.flush();
    }

    void end(ImportReport report) throws IOException {
        lines.write(new ReportLine("report", report));
        lines.end();
    }

    @Override
    public void fail(Findings findings, ProblemException failure) throws IOException {
        lines.breakOff(failure);
    }
}
