package dev.wharf.datasets;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a dataset's source holds now, against the files that the dataset has ({@code openapi.yaml} explains each field).
 *
 * @param added what is there and not in the dataset
 * @param gone what is in the dataset and not there any more
 * @param ignored objects that are no data
 */
public record SourceChanges(
        @JsonProperty("new") Group<DatasetFileView> added,
        Group<Change> changed,
        Group<DatasetFileView> gone,
        Unchanged unchanged,
        long ignored) {

    /**
     * Files of one kind.
     *
     * @param size bytes of all of them, as they are now; of those that are gone, as they were
     * @param data the first hundred
     */
    public record Group<T>(long count, long size, List<T> data) {}

    public record Unchanged(long count, long size) {}

    /** A file before and after. */
    public record Change(String key, String uri, Version before, Version now) {}

    /**
     * @param size in bytes
     * @param etag null where the store sends none
     */
    public record Version(long size, String etag, Instant lastModified) {}

    /** Whether files of the dataset are not there as they were. */
    @JsonIgnore
    public boolean isBroken() {
        return changed.count() + gone.count() > 0;
    }

    /** Files of the dataset that are not there as they were, the first hundred, with what became of them. */
    @JsonIgnore
    public List<String> broken() {
        return Stream.concat(
                        changed.data().stream().map(file -> file.key() + " changed"),
                        gone.data().stream().map(file -> file.key() + " gone"))
                .sorted()
                .limit(Comparison.SHOWN)
                .toList();
    }
}
