package dev.wharf.publishing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.S3Uri;
import java.util.Set;

/**
 * The body that publishes the results of a job to another place ({@code domain.md} §3.8, <i>Ad-hoc publish</i>). The described
 * system publishes to tables by it, which is refused by name.
 *
 * @param path a folder for all results or, for a single one, its file
 * @param format of the results that are meant; null for all
 */
@AlsoTaken(any = "flowNodeId", empty = "runParameters")
public record PublishRequest(S3Uri path, String format) implements RequestBody {
    private static final int MAX_PATH = 2048;
    private static final Set<String> OF_TABLES =
            Set.of("load", "createAndLoad", "truncateAndLoad", "dropAndLoad", "upsert");
    private static final String NO_TABLE =
            ", and results are published as files to S3 alone: say where by path, s3://<bucket>/<folder>/?connectionId=<id>";

    record ConnectionReference(Long id) {}

    @JsonCreator
    static PublishRequest of(
            @JsonProperty("path") JsonNode path,
            @JsonProperty("connectionId") Long connectionId,
            @JsonProperty("connection") ConnectionReference connection,
            @JsonProperty("table") JsonNode table,
            @JsonProperty("action") String action,
            @JsonProperty("inputFormat") String inputFormat) {
        var faults = new Faults();
        if (table != null && !Json.asksForNothing(table)) {
            faults.add("table names a table" + NO_TABLE);
        }
        faults.check(() -> requireCreate(action));
        faults.check(() -> {
            if (inputFormat != null && !Placements.FORMATS.contains(inputFormat)) {
                throw ProblemException.invalid("inputFormat", "must be csv, json, pqt, avro or hyper");
            }
        });
        S3Uri place = faults.get(() -> place(path, connectionId, connection));
        faults.refuse();
        return new PublishRequest(place, inputFormat);
    }

    private static void requireCreate(String action) {
        if (action != null && OF_TABLES.contains(action)) {
            throw ProblemException.invalid("action", "is " + action + ", which is for tables" + NO_TABLE);
        }
        if (action != null && !action.equals("create")) {
            throw ProblemException.invalid(
                    "action", "must be create: nothing is ever replaced, as each job writes to a folder of its own");
        }
    }

    private static S3Uri place(JsonNode path, Long connectionId, ConnectionReference connection) {
        if (path == null || path.isNull()) {
            throw ProblemException.invalid(
                    "path",
                    "is missing: say where the results go, s3://<bucket>/<folder>/?connectionId=<id>; without a body, a"
                            + " job goes on that stopped half-way");
        }
        if (path.isArray()) {
            throw ProblemException.invalid("path", "is an array, which names a database" + NO_TABLE);
        }
        if (!path.isTextual() || path.asText().length() > MAX_PATH) {
            throw ProblemException.invalid("path", "must be a text of at most " + MAX_PATH + " characters");
        }
        S3Uri uri = S3Uri.parse("path", path.asText()).onConnection(connectionId);
        return connection == null ? uri : uri.onConnection(connection.id());
    }
}
