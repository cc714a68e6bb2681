package dev.wharf.datasets;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.Made;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.api.Versioned;
import dev.wharf.parameters.ParameterisedPath;
import dev.wharf.parameters.RunParameter;
import dev.wharf.store.S3Uri;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * An imported dataset as the API shows it ({@code domain.md} §3.5), with {@code uri}, {@code header},
 * {@code delimiter}, {@code encoding}, {@code quote} (null where they were not said), {@code columnTypes} (the same),
 * {@code structureCheck}, {@code columns}, {@code archived}, {@code structure}, {@code leftOut}, {@code fileCount}, {@code
 * size} (bytes of all files), {@code ignoredCount} and {@code deletedAt} (null while it lives) of our own.
 *
 * @param structure which the files have; null where nobody has looked into them
 * @param connection a reference, or what {@code embed=connection} asks for; null for base storage
 */
public record DatasetView(
        long id,
        String uuid,
        String name,
        String description,
        String type,
        String uri,
        String path,
        String bucket,
        @JsonProperty("isDynamic") boolean isDynamic,
        @JsonProperty("isConverted") boolean isConverted,
        @JsonProperty("isDynamicOrConverted") boolean isDynamicOrConverted,
        @JsonProperty("isSchematized") boolean isSchematized,
        boolean hasStructuring,
        boolean disableTypeInference,
        Boolean header,
        String delimiter,
        String encoding,
        String quote,
        Map<String, String> columnTypes,
        String structureCheck,
        String columns,
        String archived,
        StructureView structure,
        LeftOut leftOut,
        String dynamicPath,
        String dynamicBucket,
        Rows runParameters,
        StorageLocation storageLocation,
        Object connection,
        Reference creator,
        Reference updater,
        Reference workspace,
        long fileCount,
        long size,
        long ignoredCount,
        Instant createdAt,
        Instant updatedAt,
        Instant deletedAt)
        implements Made, Versioned {

    @Override
    public String location() {
        return "/v4/importedDatasets/" + id;
    }

    /** The association of what a dataset comes from. */
    static final String CONNECTION = "connection";

    /** An association of many. */
    public record Rows(List<RunParameter> data) {}

    /** Archived files that were left out, and the first hundred of their keys. */
    public record LeftOut(long count, List<String> keys) {}

    /** Where the data is. {@code hash} is SHA-1 over the uri: the same for datasets of one place. */
    public record StorageLocation(String fullUri, String path, String bucket, long size, String type, String hash) {}

    /** What {@code embed=connection} shows of a connection. */
    public record Connection(
            long id,
            String uuid,
            String vendor,
            String vendorName,
            String type,
            String credentialType,
            String name,
            String description,
            Boolean isGlobal,
            String bucket) {

        /** Of one that the caller does not see. */
        static Connection reference(long id) {
            return new Connection(id, null, null, null, null, null, null, null, null, null);
        }
    }

    public static DatasetView of(Dataset dataset, Embedded embedded) {
        S3Uri source = dataset.source();
        String path = "/" + source.key();
        ParameterisedPath parameters = dataset.parameters();
        Connection connection = dataset.connection();
        return new DatasetView(
                dataset.id(),
                dataset.uuid(),
                dataset.name(),
                dataset.description(),
                "s3",
                source.toString(),
                path,
                source.bucket(),
                parameters != null,
                false,
                parameters != null,
                dataset.found().structure() != null,
                dataset.found().structure() != null,
                dataset.disableTypeInference(),
                dataset.said().header(),
                dataset.said().delimiter(),
                dataset.said().encoding(),
                dataset.said().quote(),
                dataset.options().types().isEmpty()
                        ? null
                        : dataset.options().types().byName(),
                dataset.options().check().title(),
                dataset.options().union() ? "union" : "same",
                dataset.options().skipArchived() ? "skip" : "refuse",
                StructureView.of(dataset.found()),
                new LeftOut(dataset.found().leftOut(), dataset.found().leftOutKeys()),
                parameters == null ? null : parameters.dynamicPath(),
                parameters == null ? null : parameters.dynamicBucket(),
                new Rows(parameters == null ? List.of() : parameters.runParameters()),
                new StorageLocation(
                        source.location(), path, source.bucket(), dataset.bytes(), "s3", sha1(source.toString())),
                shown(connection, embedded),
                new Reference(dataset.ownerId()),
                new Reference(dataset.updaterId()),
                new Reference(dataset.workspaceId()),
                dataset.files(),
                dataset.bytes(),
                dataset.ignored(),
                dataset.createdAt(),
                dataset.updatedAt(),
                dataset.deletedAt());
    }

    /** Of a connection that the caller does not see there is no more than the reference, whatever is asked for. */
    private static Object shown(Connection connection, Embedded embedded) {
        if (connection == null) {
            return null;
        }
        return connection.uuid() == null || !embedded.has(CONNECTION)
                ? new Reference(connection.id())
                : embedded.show(CONNECTION, connection);
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
