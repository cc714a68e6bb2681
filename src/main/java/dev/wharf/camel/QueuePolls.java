package dev.wharf.camel;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;

/** Remembers what the last poll of a queue has come to. */
public final class QueuePolls extends DefaultPollingConsumerPollStrategy {
    private record Poll(String failure) {}

    private volatile Poll last;

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        last = new Poll(null);
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception failure)
            throws Exception {
        last = new Poll(QueueFailures.reason(failure));
        return super.rollback(consumer, endpoint, retryCounter, failure);
    }

    /** Whether there was a poll. */
    public boolean isKnown() {
        return last != null;
    }

    /** Why the last poll has failed; null where it has not. */
    public String failure() {
        return last == null ? null : last.failure();
    }
}
