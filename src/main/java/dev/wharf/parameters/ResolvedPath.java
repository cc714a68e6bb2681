package dev.wharf.parameters;

/**
 * Where a run reads.
 *
 * @param connectionId null for base storage
 */
public record ResolvedPath(String bucket, Long connectionId, PathPattern pattern) {
    /** The address up to where it varies, for messages. */
    public String location() {
        return "s3://" + bucket + "/" + pattern.prefix() + (pattern.isFixed() ? "" : "…");
    }
}
