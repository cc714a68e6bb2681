package dev.wharf.polling;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A server of queues in this process, which takes any key pair. */
final class EventQueues implements AutoCloseable {
    private final SQSRestServer server =
            SQSRestServerBuilder.withDynamicPort().withInterface("127.0.0.1").start();
    private final SqsClient sqs = SqsClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://127.0.0.1:"
                    + server.waitUntilStarted().localAddress().getPort()))
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
            .build();

    /** A queue's address. */
    String create(String name) {
        return sqs.createQueue(ask -> ask.queueName(name)).queueUrl();
    }

    /** One in which a message can be seen again after a second, and at the third time is a dead letter. */
    String create(String deadLetters, int visibleAfterSeconds) {
        String arn = sqs.getQueueAttributes(
                        ask -> ask.queueUrl(deadLetters).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        return sqs.createQueue(ask -> ask.queueName(UUID.randomUUID().toString())
                        .attributes(Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                String.valueOf(visibleAfterSeconds),
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"maxReceiveCount\":\"2\",\"deadLetterTargetArn\":\"" + arn + "\"}")))
                .queueUrl();
    }

    void send(String queue, String body) {
        sqs.sendMessage(message -> message.queueUrl(queue).messageBody(body));
    }

    /** Messages that can be seen, or that somebody has received and not deleted. */
    int waiting(String queue) {
        return sqs
                .getQueueAttributes(ask -> ask.queueUrl(queue)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** A message of S3. */
    static String event(String name, String bucket, String... keys) {
        return List.of(keys).stream()
                .map(key -> "{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\",\"eventName\":\"" + name
                        + "\",\"s3\":{\"bucket\":{\"name\":\"" + bucket + "\"},\"object\":{\"key\":\""
                        + URLEncoder.encode(key, StandardCharsets.UTF_8) + "\"}}}")
                .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
    }

    @Override
    public void close() {
        sqs.close();
        server.stopAndWait();
    }
}
