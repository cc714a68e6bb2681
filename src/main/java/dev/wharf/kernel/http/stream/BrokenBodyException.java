package dev.wharf.kernel.http.stream;

import java.io.IOException;

/** The rest of a request's body will not come: the client has gone, is silent, or sends what is no form. */
public final class BrokenBodyException extends IOException {
    BrokenBodyException(String message) {
        super(message);
    }

    BrokenBodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
