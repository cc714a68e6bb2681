package dev.wharf.kernel.api;

import java.util.Optional;

/** What a request says before its body, as it was sent: its query cannot pose as a header. */
public interface RequestHead {
    /** GET, HEAD and so on, in capitals. */
    String method();

    /**
     * A header; several of one name are one, with commas (RFC 9110, 5.3).
     *
     * @param name in any case
     */
    Optional<String> header(String name);
}
