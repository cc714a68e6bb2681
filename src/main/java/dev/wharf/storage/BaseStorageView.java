package dev.wharf.storage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.wharf.kernel.api.Versioned;
import java.time.Instant;

/** A person's base storage by its protocol ({@code domain.md} §3.9), which is S3. */
public record BaseStorageView(S3 s3) implements Versioned {
    /**
     * @param baseURL {@code s3://<bucket>}; null where no base storage is set up
     * @param outputHomeDir where results go, chosen or by default: a path that begins with a slash
     * @param uploadDir where uploads go, likewise
     * @param updatedAt of the person
     */
    public record S3(
            String baseURL,
            String outputHomeDir,
            String uploadDir,
            @JsonIgnore Instant updatedAt) implements Versioned {}

    @Override
    public Instant updatedAt() {
        return s3.updatedAt();
    }
}
