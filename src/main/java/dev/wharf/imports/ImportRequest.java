package dev.wharf.imports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.ImportOptions;
import dev.wharf.datasets.NewDataset;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import dev.wharf.parameters.ParameterisedPath;
import dev.wharf.store.S3Uri;
import java.util.Map;
import java.util.Objects;

/**
 * The body that imports a dataset, in the URI form or the path form ({@code domain.md} §3.5), checked. Whether the
 * structure is to be detected makes no difference: it always is, unless {@code structureCheck} is {@code none}, and then
 * when a job runs.
 *
 * @param source what to import; its connection comes from the uri or from {@code connectionId} beside it. Its key is empty
 *     where the path varies: what was sent as the path is an example that must begin as it does, and the first match is shown in its place
 * @param parameters what of the path varies; null where it does not
 * @param saidTextOnly whether every column is text; null where nothing was said
 * @param said how delimited text is to be read
 * @param options what else was said of the files
 */
@AlsoTaken(
        empty = {
            "host",
            "userinfo",
            "dynamicHost",
            "dynamicUserInfo",
            "isConverted",
            "mimeType",
            "ensureHeader",
            "sanitizeColumnNames"
        })
public record ImportRequest(
        S3Uri source,
        ParameterisedPath parameters,
        String name,
        String description,
        Boolean saidTextOnly,
        TextDialect said,
        ImportOptions options)
        implements RequestBody {
    static final int MAX_NAME = 255;
    static final int MAX_DESCRIPTION = 4000;

    @JsonCreator
    static ImportRequest of(
            @JsonProperty("uri") String uri,
            @JsonProperty("type") String type,
            @JsonProperty("bucket") String bucket,
            @JsonProperty("path") String path,
            @JsonProperty("connectionId") Long connectionId,
            @JsonProperty("name") String name,
            @JsonProperty("description") String description,
            @JsonProperty("disableTypeInference") Boolean disableTypeInference,
            @JsonProperty("header") Boolean header,
            @JsonProperty("delimiter") String delimiter,
            @JsonProperty("detectStructure") Boolean detectStructure,
            @JsonProperty("encoding") String encoding,
            @JsonProperty("quote") String quote,
            @JsonProperty("structureCheck") String structureCheck,
            @JsonProperty("columns") String columns,
            @JsonProperty("columnTypes") Map<String, String> columnTypes,
            @JsonProperty("archived") String archived,
            @JsonProperty("isDynamic") Boolean isDynamic,
            @JsonProperty("dynamicPath") String dynamicPath,
            @JsonProperty("dynamicBucket") String dynamicBucket,
            @JsonProperty("runParameters") JsonNode runParameters) {
        var faults = new Faults();
        faults.check(() -> Text.name("name", name, MAX_NAME));
        faults.check(() -> Text.description("description", description, MAX_DESCRIPTION));
        faults.check(() -> requireType(type));
        boolean varies = Boolean.TRUE.equals(isDynamic)
                || isGiven(dynamicPath)
                || isGiven(dynamicBucket)
                || runParameters != null && !Json.asksForNothing(runParameters);
        if (varies && Boolean.FALSE.equals(isDynamic)) {
            faults.add("isDynamic is false, and there are parameters: leave it out, or them");
        }
        ParameterisedPath parameters =
                varies ? faults.get(() -> ParameterisedPath.of(dynamicPath, dynamicBucket, runParameters)) : null;
        S3Uri source = faults.get(() -> {
            if (!varies) {
                return uri == null ? fromPath(bucket, path, connectionId) : fromUri(uri, bucket, path, connectionId);
            }
            S3Uri named =
                    uri == null ? fromExample(bucket, path, connectionId) : fromUri(uri, bucket, path, connectionId);
            if (parameters != null) {
                parameters.requireExample(named, uri == null ? "path" : "uri");
            }
            return named.withKey("");
        });
        TextDialect said = faults.get(() -> TextDialect.sent(header, delimiter, encoding, quote));
        ImportOptions options = faults.get(() -> ImportOptions.of(structureCheck, columns, columnTypes, archived));
        faults.refuse();
        return new ImportRequest(source, parameters, name, description, disableTypeInference, said, options);
    }

    /** Whether every column is text. */
    boolean disableTypeInference() {
        return Boolean.TRUE.equals(saidTextOnly);
    }

    /** The same where nothing was said of types: then its connection, or the dataset that there is, says it. */
    ImportRequest withTypesOf(boolean textOnly) {
        return saidTextOnly == null
                ? new ImportRequest(source, parameters, name, description, textOnly, said, options)
                : this;
    }

    /** What would import a dataset as it is. */
    static ImportRequest of(Dataset dataset) {
        return new ImportRequest(
                dataset.parameters() == null
                        ? dataset.source()
                        : dataset.source().withKey(""),
                dataset.parameters(),
                dataset.name(),
                dataset.description(),
                dataset.disableTypeInference(),
                dataset.said(),
                dataset.options());
    }

    /**
     * Whether a dataset comes from what is to be imported.
     *
     * @param found the source, a folder with its slash
     */
    boolean isSourceOf(Dataset dataset, S3Uri found) {
        if (parameters == null || dataset.parameters() == null) {
            return parameters == null
                    && dataset.parameters() == null
                    && dataset.source().equals(found);
        }
        return parameters.kept().equals(dataset.parameters().kept())
                && Objects.equals(source.connectionId(), dataset.source().connectionId())
                && (parameters.dynamicBucket() != null
                        || source.bucket().equals(dataset.source().bucket()));
    }

    /** The same with another word on whether the first row names the columns; null lets the rows decide. */
    ImportRequest withHeader(Boolean header) {
        return new ImportRequest(
                source,
                parameters,
                name,
                description,
                saidTextOnly,
                new TextDialect(header, said.delimiter(), said.encoding(), said.quote()),
                options);
    }

    /** The same under the name of a dataset, and with its description. */
    ImportRequest withNameOf(Dataset dataset) {
        return new ImportRequest(
                source, parameters, dataset.name(), dataset.description(), saidTextOnly, said, options);
    }

    /** @param found the source, a folder with its slash */
    NewDataset dataset(S3Uri found) {
        return new NewDataset(found, parameters, name, description, disableTypeInference(), said, options);
    }

    /** How the files are to be read. */
    Reading reading() {
        return options.reading(said);
    }

    private static boolean isGiven(String text) {
        return text != null && !text.isEmpty();
    }

    private static void requireType(String type) {
        if (type != null && !type.equals("s3")) {
            throw ProblemException.invalid("type", "must be \"s3\"");
        }
    }

    private static S3Uri fromUri(String text, String bucket, String path, Long connectionId) {
        if (path != null || bucket != null) {
            throw ProblemException.invalid(
                    path == null ? "bucket" : "path", "is given beside uri: send uri, or bucket and path");
        }
        return S3Uri.parse(text).onConnection(connectionId);
    }

    /** A parameter may be all of the bucket. */
    private static S3Uri fromExample(String bucket, String path, Long connectionId) {
        return bucket == null
                ? new S3Uri("", "", connectionId)
                : fromPath(bucket, path == null ? "" : path, connectionId);
    }

    private static S3Uri fromPath(String bucket, String path, Long connectionId) {
        if (path == null) {
            throw ProblemException.invalid("uri", "is missing: name a file or folder by uri, or by bucket and path");
        }
        if (bucket == null || bucket.isEmpty()) {
            throw ProblemException.invalid("bucket", "is missing: a path alone does not say where");
        }
        try {
            return new S3Uri(bucket, path.startsWith("/") ? path.substring(1) : path, connectionId);
        } catch (ProblemException e) {
            throw new ProblemException(e.problem(), "bucket or path: as an address, " + e.detail());
        }
    }
}
