package dev.wharf.publishing;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;

/**
 * By which the node that has a job tells others of one of its files: who is free stages it. It says nothing that the rows
 * do not say as well, so that one which is late, lost, doubled or made up changes nothing.
 *
 * @param process that has claimed the job, {@code <node>:<boot>}
 * @param attempt at the job, from 1
 */
public record FileMessage(Long jobGroupId, Long fileId, String process, Integer attempt) {
    private static final int LONGEST_PROCESS = 64;

    public FileMessage {
        require("jobGroupId", jobGroupId);
        require("fileId", fileId);
        require("attempt", attempt);
        Text.name("process", process, LONGEST_PROCESS);
    }

    private static void require(String field, Number value) {
        if (value == null || value.longValue() < 1) {
            throw ProblemException.invalid(field, "must be a whole number from 1");
        }
    }
}
