package dev.wharf.polling.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.polling.events.ObjectEvent.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stores, topics and buses put into a queue, in documents as AWS's documentation has them. */
class EventMessageTest {
    private static String sample(String name) {
        try (var in = EventMessageTest.class.getResourceAsStream("/events/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aKeyOfS3IsFormEncoded() {
        assertThat(EventMessage.read(sample("s3-put")))
                .containsExactly(new ObjectEvent(Kind.CREATED, "amzn-s3-demo-bucket", "in/red flower + 100% é.csv"));
    }

    @Test
    void aKeyOfEventBridgeIsAsItIs() {
        assertThat(EventMessage.read(sample("eventbridge-created")))
                .containsExactly(
                        new ObjectEvent(Kind.CREATED, "amzn-s3-demo-bucket", "in/red flower + 100% %2F é.csv"));
    }

    @Test
    void oneMessageMayTellOfSeveralObjectsOfAnyVersionOfTheForm() {
        assertThat(EventMessage.read(sample("s3-several")))
                .containsExactly(
                        new ObjectEvent(Kind.CREATED, "b", "a.csv"),
                        new ObjectEvent(Kind.REMOVED, "b", "a.csv"),
                        new ObjectEvent(Kind.REMOVED, "b", "old.csv"),
                        new ObjectEvent(Kind.RESTORED, "b", "cold.csv"),
                        new ObjectEvent(Kind.OTHER, "b", "a.csv"),
                        new ObjectEvent(Kind.CREATED, "b", "minio/data.csv"));
        assertThat(EventMessage.read(sample("eventbridge-deleted")))
                .containsExactly(new ObjectEvent(Kind.REMOVED, "amzn-s3-demo-bucket", "example-key"));
    }

    @Test
    void aTopicsEnvelopeIsOpened() {
        assertThat(EventMessage.read(sample("sns"))).containsExactly(new ObjectEvent(Kind.CREATED, "b", "in/a b.csv"));
    }

    @Test
    void aTestOfS3IsNoEvent() {
        assertThat(EventMessage.read(sample("s3-test"))).isEmpty();
        assertThat(EventMessage.read("{\"Records\":[]}")).isEmpty();
    }

    @Test
    void aSubscriptionIsForItsOwnerToConfirm() {
        assertThatThrownBy(() -> EventMessage.read(sample("sns-confirmation")))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("it is a SubscriptionConfirmation of the topic arn:aws:sns:us-west-2:123456789012:objects:"
                        + " whoever has the topic confirms the queue's subscription there");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hello|it is no JSON (line 1, column 1)",
                "{\"Records\":|it is no JSON",
                "~~|it is empty",
                "null|it is no JSON object",
                "[]|it is no JSON object",
                "{}|it is neither an event of S3",
                "{\"Records\":{}}|Records is no array",
                "{\"Records\":[{}]}|it has no eventSource",
                "{\"Records\":[1]}|it has no eventSource",
                "{\"Records\":[{\"eventVersion\":\"3.0\"}]}|its eventVersion is 3.0, and only 2.x is known here",
                "{\"Records\":[{\"eventSource\":\"aws:dynamodb\"}]}|its eventSource is aws:dynamodb, no store",
                "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\"}]}|it has no name",
                "{\"detail-type\":\"Object Created\",\"source\":\"aws.ec2\"}|its source is aws.ec2, and not aws.s3",
                "{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\"}|it has no name",
                "{\"TopicArn\":\"t\",\"Type\":\"Notification\"}|it has no Message",
                "{\"TopicArn\":\"t\",\"Type\":\"Notification\",\"Message\":\"hello\"}|it is no JSON",
            })
    void whatIsNoEventIsRefusedWithTheReason(String body, String reason) {
        assertThatThrownBy(() -> EventMessage.read(body))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageStartingWith(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "%2", "%zz", "%C3", "%C3%28", "%ff"})
    void aKeyThatIsNotEncodedIsRefused(String key) {
        String body =
                "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":"
                        + "{\"name\":\"b\"},\"object\":{\"key\":\"" + key + "\"}}}]}";

        assertThatThrownBy(() -> EventMessage.read(body))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageStartingWith("the key is");
    }

    @Property(tries = 500)
    void everyKeyComesBackAsItWasEncoded(@ForAll String key) {
        String valid = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(EventKeys.decode(URLEncoder.encode(valid, StandardCharsets.UTF_8)))
                .isEqualTo(valid);
    }
}
