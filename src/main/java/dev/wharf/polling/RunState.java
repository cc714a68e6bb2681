package dev.wharf.polling;

import java.util.Locale;

/** How far a run of a schedule is. */
enum RunState {
    /** What is in the source is being recorded. */
    LISTING("InProgress"),
    /** What was recorded becomes a dataset. */
    REGISTERING("InProgress"),
    /** The dataset is there; a job over it is started. */
    STARTING("InProgress"),
    COMPLETE("Complete"),
    FAILED("Failed"),
    /** Its time was missed, and is not to be caught up. */
    SKIPPED("Skipped");

    private final String status;

    RunState(String status) {
        this.status = status;
    }

    /** As the API shows it. */
    String status() {
        return status;
    }

    boolean isOver() {
        return !status.equals("InProgress");
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunState of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
