package dev.wharf.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ParquetPageTest {
    /** A page of data with one value and 10 bytes, up to its statistics, whose greatest value begins here. */
    private static final String UP_TO_MAXIMUM = "150015141514" + "2c1502150015001500" + "1c18";

    private static ParquetPage read(String hex) {
        return ParquetPage.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    @Test
    void aHeaderIsReadPastWhatIsNotAskedFor() {
        assertThat(read(UP_TO_MAXIMUM + "03616263" + "000000")).isEqualTo(new ParquetPage(24, 10, 1, null));
    }

    @Test
    void aTextLongerThanTheHeaderIsNoHeaderAndTakesNoMemory() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var header = ByteBuffer.wrap(HexFormat.of().parseHex(UP_TO_MAXIMUM + "8095f52a" + "61")); // 90 million bytes
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

        ParquetPage page = ParquetPage.read(header);

        long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(page).isNull();
        assertThat(taken).isLessThan(10 << 20);
    }
}
