package dev.wharf.s3.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Crc32cTest {
    /** RFC 3720, B.4, has the checksum of 32 zero bytes; the catalogue of CRCs has that of the digits. */
    @Test
    void isToldInBase64WithTheHighestByteFirst() {
        assertThat(Crc32c.base64(crc32c("123456789".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("4waSgw==");
        assertThat(Crc32c.base64(crc32c(new byte[32]))).isEqualTo("ipE2qg==");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0, 5",
        "5, 0",
        "1, 1",
        "3, 8388608",
        "8388608, 3",
        "100, 255",
        "65536, 65536",
        "8388607, 8388609"
    })
    void ofTwoPiecesIsThatOfTheirBytesOneBehindTheOther(int first, int second) {
        byte[] whole = new byte[first + second];
        new Random(first * 31L + second).nextBytes(whole);

        int combined = Crc32c.combine(crc32c(whole, 0, first), crc32c(whole, first, second), second);

        assertThat(combined).isEqualTo(crc32c(whole));
    }

    /** Longer than any array: a piece of zeros that is put together itself. */
    @Test
    void pieceMayBeLongerThanFourGigabytes() {
        int mebibyte = crc32c(new byte[1 << 20]);
        int zeros = mebibyte;
        for (long length = 1 << 20; length < 8L << 30; length *= 2) {
            zeros = Crc32c.combine(zeros, zeros, length);
        }
        int letter = crc32c(new byte[] {'a'});

        int together = Crc32c.combine(letter, zeros, 8L << 30);

        var slowly = letter;
        for (int count = 0; count < 8 << 10; count++) {
            slowly = Crc32c.combine(slowly, mebibyte, 1 << 20);
        }
        assertThat(together).isEqualTo(slowly);
    }

    private static int crc32c(byte[] bytes) {
        return crc32c(bytes, 0, bytes.length);
    }

    private static int crc32c(byte[] bytes, int from, int length) {
        var crc32c = new CRC32C();
        crc32c.update(bytes, from, length);
        return (int) crc32c.getValue();
    }
}
