package dev.wharf.kernel;

/** The service cannot start; the message is the one line that tells the operator what to change. */
public final class SettingsException extends RuntimeException {
    public SettingsException(String line) {
        super(line);
    }

    public SettingsException(String line, Throwable cause) {
        super(line, cause);
    }
}
