package dev.wharf.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.Packed;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnpackedTest {
    private static final String CONTENT = noise();

    @TempDir
    Path folder;

    private static String noise() {
        var noise = new byte[150_000];
        new Random(1).nextBytes(noise);
        return new String(noise, StandardCharsets.ISO_8859_1);
    }

    private String unpack(Packed packed, byte[] bytes) throws IOException {
        var read = new ByteArrayOutputStream();
        try (var in = Unpacked.open(Files.write(folder.resolve("file"), bytes), packed.compression())) {
            in.transferTo(read);
        } catch (EOFException cutOff) {
            read.write("✂".getBytes(StandardCharsets.UTF_8));
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void piecesOneBehindTheOtherAreOneContent(Packed packed) throws IOException {
        var two = new ByteArrayOutputStream();
        two.write(packed.pack("one "));
        two.write(packed.pack(CONTENT));

        assertThat(unpack(packed, two.toByteArray())).isEqualTo("one " + CONTENT);
        assertThat(unpack(packed, new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void howeverManyPiecesAreEmptyTheyAreReadOverOrRefused(Packed packed) throws IOException {
        var pieces = new ByteArrayOutputStream();
        byte[] empty = packed.pack("");
        for (int piece = 0; piece < 100_000; piece++) {
            pieces.write(empty);
        }
        pieces.write(packed.pack("end"));

        try {
            assertThat(unpack(packed, pieces.toByteArray())).isEqualTo("end");
        } catch (ZipException refused) {
            assertThat(packed).isEqualTo(Packed.SNAPPY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void beforeACutEverythingIsThereAndTheCutIsSeen(Packed packed) throws IOException {
        var whole = packed.pack(CONTENT);
        for (int length = 1; length < whole.length; length += whole.length / 23) {
            var read = unpack(packed, Arrays.copyOf(whole, length));

            assertThat(read).endsWith("✂");
            assertThat(CONTENT).startsWith(read.substring(0, read.length() - 1).replaceAll("\ufffd+$", ""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotSoundIsToldFromWhatIsCutOff(Packed packed) {
        var whole = packed.pack(CONTENT);
        Arrays.fill(whole, 100, 200, (byte) 0x55);

        assertThatThrownBy(() -> unpack(packed, whole)).isInstanceOf(ZipException.class);
        assertThatThrownBy(() -> unpack(packed, "plain text, not packed".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ZipException.class);
    }
}
