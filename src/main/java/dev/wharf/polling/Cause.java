package dev.wharf.polling;

/** Why a schedule runs. */
public enum Cause {
    /** Cron says so. */
    SCHEDULE("schedule"),
    /** Somebody asked for it. */
    REQUEST("request"),
    /** Objects were recorded from elsewhere: the run takes those in and lists nothing. */
    NOTIFICATION("notification");

    private final String value;

    Cause(String value) {
        this.value = value;
    }

    /** As the API and the registry spell it. */
    public String value() {
        return value;
    }

    static Cause of(String value) {
        for (Cause cause : values()) {
            if (cause.value.equals(value)) {
                return cause;
            }
        }
        throw new IllegalArgumentException("There is no cause " + value);
    }
}
