package dev.wharf.s3.client;

import dev.wharf.network.NetworkPolicy;
import dev.wharf.store.EventQueue;
import dev.wharf.store.QueueUrl;
import dev.wharf.store.StoreAccess;
import java.util.Objects;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * One queue, whose address stays out of Camel's endpoints: requests are given it here. Messages are received, deleted and
 * left; queues are neither looked for nor made, whatever the component does when it finds none.
 */
public final class SdkEventQueue implements SqsClient, EventQueue {
    private final StoreAccess access;
    private final QueueUrl url;
    private final StoreSettings settings;
    private final NetworkPolicy policy;
    private SdkQueueClient sdk;
    private boolean closed;

    public SdkEventQueue(StoreSettings settings, NetworkPolicy policy, StoreAccess access, QueueUrl url) {
        this.settings = settings;
        this.policy = policy;
        this.access = access;
        this.url = url;
    }

    @Override
    public Object client() {
        return this;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized SqsClient sdk() {
        if (sdk == null) {
            sdk = SdkQueueClient.open(settings, policy, access, url);
        }
        return sdk.sqs();
    }

    /** Nothing, once it is closed: whoever waits for messages then is told that there are none. */
    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        return whileOpen(
                () -> sdk().receiveMessage(
                                request.toBuilder().queueUrl(url.toString()).build()),
                ReceiveMessageResponse.builder().build());
    }

    /** Once it is closed the message stays, and comes again: what it tells of is known by then. */
    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
        return whileOpen(
                () -> sdk().deleteMessage(
                                request.toBuilder().queueUrl(url.toString()).build()),
                DeleteMessageResponse.builder().build());
    }

    private <T> T whileOpen(Supplier<T> call, T otherwise) {
        try {
            return isClosed() ? otherwise : call.get();
        } catch (RuntimeException e) {
            if (isClosed()) {
                return otherwise;
            }
            throw e;
        }
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        return sdk().changeMessageVisibility(
                        request.toBuilder().queueUrl(url.toString()).build());
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        return GetQueueUrlResponse.builder().queueUrl(url.toString()).build();
    }

    /** The component looks for a name that ends like the one in its endpoint. */
    @Override
    public ListQueuesResponse listQueues(ListQueuesRequest request) {
        return ListQueuesResponse.builder()
                .queueUrls(url.server() + "/" + request.queueNamePrefix())
                .build();
    }

    @Override
    public CreateQueueResponse createQueue(CreateQueueRequest request) {
        throw QueueDoesNotExistException.builder()
                .message("The queue does not exist, and is not made by this service")
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (sdk != null) {
            sdk.close();
            sdk = null;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SdkEventQueue queue && access.equals(queue.access) && url.equals(queue.url);
    }

    @Override
    public int hashCode() {
        return Objects.hash(access, url);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return url + " with " + access;
    }
}
