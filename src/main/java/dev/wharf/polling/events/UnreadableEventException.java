package dev.wharf.polling.events;

/** A message that is no event of a store, or not as a store writes it; says what is wrong and never repeats it whole. */
public final class UnreadableEventException extends RuntimeException {
    UnreadableEventException(String reason) {
        super(reason, null, false, false);
    }
}
