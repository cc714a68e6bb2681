package dev.wharf.kernel.problem;

import java.io.IOException;

/** Nobody takes the answer any more: there is nothing to report, and nobody to report it to. */
public final class ClientGoneException extends IOException {
    public ClientGoneException(String message) {
        super(message);
    }
}
