package dev.wharf.connections;

import dev.wharf.store.ProbeReport;
import dev.wharf.store.ProbeRow;
import dev.wharf.store.ProbeSettings;
import java.util.List;
import java.util.Map;

/**
 * What a test of a connection has found ({@code domain.md} §2.3). Older clients look at the result alone.
 *
 * @param result {@code SUCCESS}, or {@code FAILED} where something is missing that the connection needs
 * @param message in a sentence: what stands in the way, or nothing
 * @param policy the IAM policy that would be enough; null without a bucket
 */
public record TestReport(
        String result, String message, List<ProbeRow> rows, ProbeSettings settings, Map<String, Object> policy) {
    private static final String SUCCESS = "SUCCESS";

    boolean works() {
        return result.equals(SUCCESS);
    }

    static TestReport of(ProbeReport found) {
        return new TestReport(
                found.works() ? SUCCESS : "FAILED", found.message(), found.rows(), found.settings(), found.policy());
    }
}
