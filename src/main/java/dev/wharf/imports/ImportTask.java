package dev.wharf.imports;

import dev.wharf.kernel.api.Accepted;
import dev.wharf.kernel.api.Made;
import dev.wharf.kernel.api.Reference;
import java.time.Instant;

/**
 * An import that goes on while nobody waits for it ({@code openapi.yaml} explains each field).
 *
 * @param status {@code running}, {@code complete}, {@code failed} or {@code canceled}
 * @param files seen so far, refused ones included
 * @param filesPerSecond since it began
 * @param importedDataset null before it is complete
 * @param failure why it has failed; else null
 */
public record ImportTask(
        long id,
        String name,
        String uri,
        String status,
        long files,
        long bytes,
        long ignored,
        long refused,
        double filesPerSecond,
        Reference importedDataset,
        String failure,
        Instant createdAt,
        Instant updatedAt)
        implements Accepted, Made {

    /** Whether it will not change any more. */
    public boolean over() {
        return !status.equals("running");
    }

    @Override
    public String location() {
        return location(id);
    }

    static String location(long id) {
        return "/v4/imports/" + id;
    }
}
