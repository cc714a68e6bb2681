package dev.wharf.store;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a probe has found.
 *
 * @param rows operation by operation in the order in which they were tried
 * @param policy the IAM policy that would be enough for what was asked; null where there is nothing to allow
 */
public record ProbeReport(List<ProbeRow> rows, ProbeSettings settings, Map<String, Object> policy) {

    /** Whether all works that the connection cannot do without. */
    public boolean works() {
        return rows.stream().noneMatch(row -> row.needed() && row.failed());
    }

    /** In a sentence: the first thing that stands in the way, or that there is none. */
    public String message() {
        return rows.stream()
                .filter(row -> row.needed() && row.failed())
                .findFirst()
                .map(ProbeRow::message)
                .orElseGet(() -> "The connection works" + remarks());
    }

    private String remarks() {
        String names =
                rows.stream().filter(ProbeRow::failed).map(ProbeRow::operation).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "; worth reading: " + names;
    }
}
