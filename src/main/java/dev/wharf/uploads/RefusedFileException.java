package dev.wharf.uploads;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;

/** What is wrong with a dropped file itself, so that another try cannot do better; the message goes beside the file. */
final class RefusedFileException extends ProblemException {
    RefusedFileException(String reason) {
        super(Problem.VALIDATION_FAILED, reason);
    }
}
