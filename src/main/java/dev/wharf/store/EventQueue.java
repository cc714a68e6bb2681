package dev.wharf.store;

/**
 * A queue in which a store tells of its objects, opened with somebody's key pair; nothing is asked of it before it is read.
 * Two are equal that lead to the same queue with the same key pair.
 */
public interface EventQueue extends AutoCloseable {
    /** What reads it: the client that Camel's {@code aws2-sqs:} takes. It knows this one queue, whichever name it is asked for. */
    Object client();

    /** Ends what is under way. */
    @Override
    void close();
}
