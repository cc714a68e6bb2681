package dev.wharf.kernel.settings;

/** The service cannot start; the message is the one line that tells the operator what to change. */
public final class SettingsException extends RuntimeException {
    public SettingsException(String line) {
        super(line);
    }

    public SettingsException(String line, Throwable cause) {
        super(line, cause);
    }

    /** What lies at the bottom of a failure, in one line. */
    public static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** An address without its parameters, which may hold a password. */
    public static String withoutParameters(String url) {
        return url.replaceAll("[?;].*", "");
    }
}
