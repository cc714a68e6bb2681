package dev.wharf.kernel.http;

import java.util.Optional;
import org.springframework.util.MimeTypeUtils;

/** What a request would rather have of how it is carried out: {@code Prefer} (RFC 7240). */
final class Preferences {
    static final String RESPOND_ASYNC = "respond-async";

    private Preferences() {}

    /**
     * Whether one is among them, in any case, and whatever its parameters.
     *
     * @param prefer as it was sent; what is malformed in it, and what is not known, counts for nothing
     * @param name of a preference that has no value
     */
    static boolean has(Optional<String> prefer, String name) {
        return MimeTypeUtils.tokenize(prefer.orElse("")).stream().anyMatch(each -> isNamed(each, name));
    }

    /** An empty value is none (section 2). */
    private static boolean isNamed(String preference, String name) {
        String[] nameAndValue = preference.split(";", 2)[0].split("=", 2);
        String value = nameAndValue.length == 1 ? "" : nameAndValue[1].strip();
        return nameAndValue[0].strip().equalsIgnoreCase(name) && (value.isEmpty() || value.equals("\"\""));
    }
}
