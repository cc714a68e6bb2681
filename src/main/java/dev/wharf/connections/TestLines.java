package dev.wharf.connections;

import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.JsonLines;
import dev.wharf.store.ProbeRow;
import java.io.IOException;

/** A test as an answer of lines: each operation as soon as it was tried, and the report in the end. */
final class TestLines {
    private final JsonLines lines;
    private boolean gone;

    TestLines(Answer answer) {
        lines = JsonLines.begin(answer);
    }

    private record RowLine(String type, ProbeRow row) {}

    private record ReportLine(String type, TestReport report) {}

    /** A test goes on without its caller, so that what it has put into the bucket is removed again. */
    void tell(ProbeRow row) {
        if (gone) {
            return;
        }
        try {
            lines.write(new RowLine("row", row));
            lines.flush();
        } catch (IOException e) {
            gone = true;
        }
    }

    void end(TestReport report) throws IOException {
        lines.write(new ReportLine("report", report));
        lines.end();
    }
}
