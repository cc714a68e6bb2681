package dev.wharf.kernel.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyStreamTest {
    private final AtomicLong asked = new AtomicLong();
    private final BodyStream stream = new BodyStream(asked::addAndGet, Duration.ofMillis(50));

    @Test
    void bytesComeInOrderAndEndWhereTheSenderEnds() throws IOException {
        stream.add(Buffer.buffer("ab"));
        stream.add(Buffer.buffer());
        stream.add(Buffer.buffer("c"));
        stream.end();

        assertThat(new String(stream.readAllBytes())).isEqualTo("abc");
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void onlyAFewBuffersAreAskedForAheadOfTheReader() throws IOException {
        for (int i = 1; i <= 100; i++) {
            stream.add(Buffer.buffer("x"));
            stream.read();
            assertThat(asked.get() - i).isBetween(0L, 8L);
        }
    }

    @Test
    void whatCameBeforeAFailureIsReadFirst() throws IOException {
        stream.add(Buffer.buffer("a"));
        stream.fail(new IOException("gone"));

        assertThat(stream.read()).isEqualTo('a');
        assertThatThrownBy(stream::read)
                .isInstanceOf(BrokenBodyException.class)
                .hasMessageContaining("after 1 bytes")
                .hasMessageContaining("gone");
        assertThatThrownBy(stream::read).isInstanceOf(BrokenBodyException.class);
    }

    @Test
    void aRefusalComesThroughAsItIs() {
        var refusal = ProblemException.invalid("file", "is wrong");
        stream.fail(refusal);
        assertThatThrownBy(stream::read).isSameAs(refusal);
    }

    @Test
    void aSilentSenderIsGivenUp() {
        assertThatThrownBy(stream::read).isInstanceOf(BrokenBodyException.class).hasMessageContaining("Nothing came");
    }
}
