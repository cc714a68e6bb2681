package dev.wharf.s3.fault;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How far this service's clock is from a store's.
 *
 * @param ahead by how much ours is ahead; negative if it is behind
 */
public record ClockSkew(Duration ahead) {
    /** A third of what S3 allows: more is no delay of the network, and grows. */
    private static final Duration NOTABLE = Duration.ofMinutes(5);

    private static final int HALF_A_MINUTE = 30;
    private static final int MINUTE = 60;

    /** As an answer's {@code Date} shows it; empty where that is missing or cannot be read. */
    public static Optional<ClockSkew> of(Optional<String> date) {
        try {
            return date.map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(theirs -> new ClockSkew(Duration.between(theirs.toInstant(), Instant.now())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public boolean isNotable() {
        return ahead.abs().compareTo(NOTABLE) > 0;
    }

    /** Rounded to the nearest. */
    public long minutes() {
        long seconds = ahead.abs().toSeconds();
        return Long.signum(ahead.toSeconds()) * ((seconds + HALF_A_MINUTE) / MINUTE);
    }

    /**
     * Says it, and whose clock to set.
     *
     * @param isAws whether the store is AWS's, whose clock is right
     */
    public String words(boolean isAws) {
        return "this service's clock is " + Math.abs(minutes()) + " minutes "
                + (ahead.isNegative() ? "behind" : "ahead of")
                + " the store's, and S3 allows 15: set the clock of "
                + (isAws
                        ? "the machine that this service runs on"
                        : "the machine, this service's or the store's, that shows the wrong time");
    }
}
