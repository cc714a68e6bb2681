package dev.wharf.deadletters;

import dev.wharf.jobs.JobMessages;
import dev.wharf.kernel.problem.Text;
import dev.wharf.kernel.sql.Sha256;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A message of a job queue, as it was delivered.
 *
 * @param messageId its sender's; may be null
 * @param sentAt milliseconds since 1970, by its sender
 * @param type such as {@code TextMessage}
 * @param text null where it is no text; others are never read
 * @param count how often it was delivered, 1 or more
 * @param replayId which replay of a dead letter it is; null for none
 */
record Delivery(String queue, String messageId, long sentAt, String type, String text, int count, String replayId) {
    /** Of a message that is too long to be read, whose all is in the queue of dead letters. */
    private static final int BEGINNING = 10_000;

    /** What tells it from all others, and is the same at each delivery: a sender may give two messages one id, or none. */
    String key() {
        return Sha256.of(Stream.of(queue, messageId, sentAt, type, text)
                .map(part -> part + "\n")
                .collect(Collectors.joining()));
    }

    /** In UTF-16 units. */
    long length() {
        return text == null ? 0 : text.length();
    }

    /** What a registry can keep of it. */
    String kept() {
        return text == null
                ? null
                : storable(text.length() > JobMessages.MOST_CHARACTERS ? Text.cut(text, BEGINNING) : text);
    }

    /** Whether that is all of it, so that it can be sent again as it is. */
    boolean whole() {
        return text != null && text.equals(kept());
    }

    /** A text without NUL and halves of characters, which PostgreSQL refuses. */
    static String storable(String text) {
        return text.codePoints()
                .map(c -> c == 0 || Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
