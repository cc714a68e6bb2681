package dev.wharf.s3.wire;

/** An answer that was given up, as it has more bytes than any store has reason to send. */
public final class AnswerTooLongException extends Exception {
    AnswerTooLongException(long mostBytes) {
        super("more than " + (mostBytes >> 20) + " MiB");
    }
}
