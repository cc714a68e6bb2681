package dev.wharf.browse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.store.ByteRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeHeaderTest {
    private static final long SIZE = 1000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,1",
        "bytes=0-999,0,1000",
        "bytes=10-19,10,10",
        "bytes=990-,990,10",
        "bytes=0-,0,1000",
        "bytes=-10,990,10",
        "bytes=-5000,0,1000",
        "bytes=10-5000,10,990",
        "bytes=10-99999999999999999999999999,10,990",
        "bytes=-99999999999999999999999999,0,1000",
        "bytes=000000000000000000000000010-19,10,10",
        "BYTES=10-19,10,10",
        "bytes= 10-19 ,10,10",
    })
    void oneRangeIsThoseBytesThatTheFileHas(String header, long offset, long length) {
        assertThat(RangeHeader.parse(header).in(SIZE)).isEqualTo(new ByteRange(offset, length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=1000-",
                "bytes=1000-2000",
                "bytes=-0",
                "bytes=99999999999999999999999999-",
                "bytes=5000-6000"
            })
    void bytesThatTheFileDoesNotHaveAreNone(String header) {
        assertThat(RangeHeader.parse(header).in(SIZE)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=-5", "bytes=0-0"})
    void anEmptyFileHasNoBytes(String header) {
        assertThat(RangeHeader.parse(header).in(0)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-2",
                "bytes=0-1,5-6",
                "bytes=0-1, 5-6",
                "bytes=--5",
                "bytes=-5-",
                "bytes=0x1-0x2",
                "bytes=1.0-2",
                "bytes 0-1",
                "lines=0-1",
                "bytes=٣-٤",
                "bytes=0-1\n"
            })
    void whatIsNoSingleRangeIsIgnored(String header) {
        assertThat(RangeHeader.parse(header)).isNull();
    }
}
