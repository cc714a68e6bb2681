package dev.wharf.uploads;

import dev.wharf.kernel.http.stream.BlockStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Bytes that arrive, and while they do show every few seconds that their reader lives. */
final class LivelyBytes extends BlockStream {
    private static final Duration PAUSE = ResumableTable.SILENCE.dividedBy(4);

    private final Clock clock;
    private final Runnable sign;
    private Instant next;

    LivelyBytes(InputStream in, Clock clock, Runnable sign) {
        super(in);
        this.clock = clock;
        this.sign = sign;
        this.next = clock.instant().plus(PAUSE);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (clock.instant().isAfter(next)) {
            sign.run();
            next = clock.instant().plus(PAUSE);
        }
        return count;
    }
}
