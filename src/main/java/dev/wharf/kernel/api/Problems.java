package dev.wharf.kernel.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.SqlStates;
import jakarta.jms.JMSException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a failure means to the caller. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /**
     * The problem in a failure. One that nobody foresaw is logged under a number that the caller is told; what it says
     * stays here, since it may hold anything.
     */
    public static ProblemException of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
            if (cause instanceof JsonProcessingException json) {
                return Json.problem(json);
            }
            if (cause instanceof ClientGoneException) {
                return new ProblemException(Problem.UNAVAILABLE, cause.getMessage(), failure);
            }
            var unavailable = SqlStates.unavailable(cause);
            if (unavailable.isPresent()) {
                LOG.debug("Refused for now: {}", cause.getMessage()); // whoever found out has said so once
                return unavailable.get();
            }
            if (cause instanceof JMSException) {
                LOG.warn("The queue: {}", cause.getMessage());
                return new ProblemException(
                        Problem.UNAVAILABLE,
                        "The queue does not answer at the moment; try again in a few seconds",
                        cause);
            }
        }
        String number = UUID.randomUUID().toString();
        LOG.error("Unexpected failure {}", number, failure);
        return new ProblemException(
                Problem.INTERNAL, "Unexpected failure; the log tells more under " + number, failure);
    }
}
