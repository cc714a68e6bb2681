package dev.wharf.kernel.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;

/**
 * The one error document: RFC 9457 for the present, with the v4 API's {@code exception} inside.
 */
public record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        @JsonProperty("exception") Legacy legacy) {
    public static final String CONTENT_TYPE = "application/problem+json";

    /** As clients of the v4 API expect it ({@code domain.md} §3.1, <i>Errors</i>). */
    public record Legacy(String name, String message, String details) {}

    public static ProblemDocument of(ProblemException failure) {
        return of(failure.problem(), failure.detail());
    }

    public static ProblemDocument of(Problem problem, String detail) {
        return new ProblemDocument(
                "about:blank",
                problem.title(),
                problem.status(),
                detail,
                new Legacy(problem.exceptionName(), problem.title(), detail));
    }
}
