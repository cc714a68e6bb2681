package dev.wharf.connections;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A person who has to do with a connection: the id, and the rest where {@code embed} asked for it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Party(long id, String email, String name) {
    static Party reference(long id) {
        return new Party(id, null, null);
    }
}
