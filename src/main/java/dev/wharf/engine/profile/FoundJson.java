package dev.wharf.engine.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/** Lists in an answer of DuckDB, which were asked for as JSON. */
final class FoundJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FoundJson() {}

    /** @param json null for nothing */
    static Iterable<JsonNode> list(String json) throws IOException {
        return json == null ? List.of() : JSON.readTree(json);
    }
}
