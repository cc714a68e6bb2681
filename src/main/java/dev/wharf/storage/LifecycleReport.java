package dev.wharf.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What has accumulated in base storage, and the lifecycle configuration that would purge it.
 *
 * @param partial whether time was up before all was seen: then there is more than is told
 * @param uploadsPartial the same of incomplete uploads; null where they may not be listed
 * @param lifecycleConfiguration as {@code aws s3api put-bucket-lifecycle-configuration} takes it
 */
public record LifecycleReport(
        String bucket,
        boolean partial,
        Boolean uploadsPartial,
        List<Part> prefixes,
        Configuration lifecycleConfiguration,
        String command,
        List<String> notes) {

    /** What lies below a prefix. */
    public enum Kind {
        UPLOADS,
        RESULTS,
        SAMPLES,
        TEMPORARY,
        OTHER;

        @JsonValue
        String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param oldest when the object was written that was not written since for longest; null for none
     * @param incompleteUploads that anybody has begun below it
     */
    public record Part(
            Kind kind,
            String prefix,
            long objects,
            long bytes,
            Instant oldest,
            Instant newest,
            long incompleteUploads,
            Instant oldestIncompleteUpload) {}

    public record Configuration(@JsonProperty("Rules") List<Rule> rules) {}

    /** One of the two last is null. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rule(
            @JsonProperty("ID") String id,
            @JsonProperty("Status") String status,
            @JsonProperty("Filter") Filter filter,
            @JsonProperty("Expiration") Expiration expiration,
            @JsonProperty("AbortIncompleteMultipartUpload") Abort abort) {
        static Rule expire(String id, String prefix, int days) {
            return new Rule(id, "Enabled", new Filter(prefix), new Expiration(days), null);
        }

        static Rule abort(String id, int days) {
            return new Rule(id, "Enabled", new Filter(""), null, new Abort(days));
        }
    }

    public record Filter(@JsonProperty("Prefix") String prefix) {}

    public record Expiration(@JsonProperty("Days") int days) {}

    public record Abort(@JsonProperty("DaysAfterInitiation") int days) {}
}
