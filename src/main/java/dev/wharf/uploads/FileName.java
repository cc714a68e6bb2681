package dev.wharf.uploads;

import dev.wharf.kernel.problem.ProblemException;
import java.nio.charset.StandardCharsets;

/**
 * The name of an uploaded file: any text that can be the last part of a path.
 *
 * @param field which field of the request it comes from, for messages
 */
record FileName(String field, String value) {
    FileName {
        if (value == null || value.isBlank()) {
            throw ProblemException.invalid(field, "has no file name");
        }
        if (value.equals(".") || value.equals("..") || value.contains("/")) {
            throw ProblemException.invalid(field, "must be the name of a file alone, without folders: " + value);
        }
        if (value.indexOf(0) >= 0) {
            throw ProblemException.invalid(field, "has a NUL character in its file name");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw ProblemException.invalid(field, "has a file name that is not valid Unicode");
        }
    }
}
