package dev.wharf.identity;

/**
 * How a person's wish came to the service.
 *
 * @param requestId the request's {@code x-trifacta-request-id}, or {@code jobGroup/<id>} for what a job does,
 *     {@code schedule/<id>} for what a schedule does; null where
 *     the service acts by itself
 * @param tokenId the number of the access token, or of the session, that was shown; null where there was none
 */
public record Origin(Way way, String requestId, String tokenId) {
    public static final Origin SERVICE = new Origin(Way.SERVICE, null);

    public Origin(Way way, String requestId) {
        this(way, requestId, null);
    }

    /** What stands for the person; each has its name in audit events. */
    public enum Way {
        TOKEN("token"),
        SESSION("session"),
        PASSWORD("password"),
        OIDC("oidc"),
        /** A program on this machine that was trusted to say for whom it asks ({@code domain.md} §3.1). */
        MEMBERSHIP_ID("membershipId"),
        JOB("job"),
        SCHEDULE("schedule"),
        SERVICE("service");

        private final String value;

        Way(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }

        /** Whether it was the person, rather than a program or the service that works for them. */
        public boolean isPersonal() {
            return this == TOKEN || this == SESSION || this == PASSWORD || this == OIDC;
        }
    }

    public static Origin schedule(long scheduleId) {
        return new Origin(Way.SCHEDULE, "schedule/" + scheduleId);
    }

    public static Origin job(long jobGroupId) {
        return new Origin(Way.JOB, "jobGroup/" + jobGroupId);
    }
}
