package dev.wharf.kernel.http.contract;

import java.io.InputStream;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A document in YAML whose parts may stand elsewhere in it, under a {@code $ref}. */
record YamlDocument(Map<String, Object> root) {
    static YamlDocument read(InputStream in) {
        return new YamlDocument(cast(new Load(LoadSettings.builder().build()).loadFromInputStream(in)));
    }

    /** An object of the document, or the one that it refers to. */
    Map<String, Object> map(Object part) {
        Map<String, Object> map = cast(part);
        if (!(map.get("$ref") instanceof String reference)) {
            return map;
        }
        Map<String, Object> found = root;
        for (String name : reference.substring("#/".length()).split("/")) {
            found = cast(found.get(name));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object part) {
        return (Map<String, Object>) part;
    }
}
