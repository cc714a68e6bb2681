package dev.wharf.store;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a probe has found.
 *
 * @param rows operation by operation in the order in which they were tried
 * @param policy the IAM policy that would be enough for what was asked; null where there is nothing to allow
 * @param left the key of an object of the probe's own that it could not remove, and that may still be there; null where nothing is
 */
public record ProbeReport(List<ProbeRow> rows, ProbeSettings settings, Map<String, Object> policy, String left) {

    /** Whether all works that the connection cannot do without. */
    public boolean works() {
        return rows.stream().noneMatch(row -> row.needed() && row.failed());
    }

    /** What is to be said once somebody else has removed what was {@link #left}. */
    public ProbeReport removed() {
        return new ProbeReport(
                rows.stream()
                        .map(row -> row.operation().equals("deleteObject")
                                ? row.allowed(
                                        "The object was removed, at a second attempt; a bucket that keeps versions keeps them")
                                : row)
                        .toList(),
                settings,
                policy,
                null);
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
