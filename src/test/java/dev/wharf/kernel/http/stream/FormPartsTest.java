package dev.wharf.kernel.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A form is taken apart alike wherever the network cuts it, and a file keeps its name. */
class FormPartsTest {
    private static final String FORM = "a preamble\r\n--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n"
            + "not --b the end\r\n--b \t\r\ncontent-disposition:form-data;name=file;filename=\"a.csv\"\r\n"
            + "Content-Type: text/csv\r\n\r\n1,2\r\n--c\r\n-\r\n3\r\r\n--b\r\n\r\nno head\r\n--b--\r\nepilogue\r\n--b\r\n";

    private static String file(String form, int piece) {
        var found = new StringBuilder();
        List<String> names = new ArrayList<>();
        var parts = new FormParts("b", (disposition, type) -> {
            disposition.ofForm("filename").ifPresent(name -> names.add(name + " " + type));
            return disposition.ofForm("filename").isPresent();
        });
        byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
        for (int start = 0; start < bytes.length; start += piece) {
            found.append(parts.feed(Buffer.buffer(bytes).getBuffer(start, Math.min(bytes.length, start + piece))));
        }
        return names + "|" + found + "|" + parts.isOver();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 64, 1000})
    void whereverItIsCut(int piece) {
        assertThat(file(FORM, piece)).isEqualTo("[a.csv text/csv]|1,2\r\n--c\r\n-\r\n3\r|true");
        assertThat(file("--b\r\nContent-Disposition: form-data; filename=e\r\n\r\n\r\n--b--", piece))
                .isEqualTo("[e null]||true");
        assertThat(file("--b\r\nContent-Disposition: form-data; filename=e\r\n\r\n12\r\n--b", piece))
                .isEqualTo("[e null]|12|false");
    }

    @Test
    void whatIsNoFormIsRefused() {
        assertThatThrownBy(() -> file("--b\r\nx: " + "y".repeat(20_000), 100)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> file("--bx\r\n", 100)).hasMessageContaining("boundary");
        assertThatThrownBy(() -> file("--b\r\nContent-Transfer-Encoding: base64\r\n\r\n", 100))
                .hasMessageContaining("base64");
    }

    /** As the case of the renamed files has them, and their kin. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "filename=\"a,b.csv\" | a,b.csv",
                "filename=\"a;b.csv\" | a;b.csv",
                "filename=\"dt=2024-01-01.csv\" | dt=2024-01-01.csv",
                "filename=\"12:30.csv\" | 12:30.csv",
                "filename=\"a\\\"b.csv\" | a\"b.csv",
                "filename=\"a\\\\b.csv\" | a\\b.csv",
                "filename=\"a\\b.csv\" | a\\b.csv",
                "filename=\"x%22y.csv\" | x\"y.csv",
                "filename=\"100%.csv\" | 100%.csv",
                "filename=\"a%20b%2Fc.csv\" | a%20b%2Fc.csv",
                "filename=\"naïve 日本.csv\" | naïve 日本.csv",
                "filename=a,b.csv | a,b.csv",
                "FileName = \"a b.csv\" ; x=y | a b.csv",
                "filename=\"; name=.csv\" | ; name=.csv",
                "filename=\"x.csv\"; filename*=UTF-8''na%C3%AFve%20%22.csv | naïve \".csv",
                "filename*=utf-8'en'a%2Cb.csv | a,b.csv",
                "filename*=ISO-8859-1''na%EFve.csv | naïve.csv",
            })
    void aFileKeepsItsName(String parameter, String name) {
        assertThat(HeaderParameters.of("form-data; name=\"file\"; " + parameter).ofForm("filename"))
                .contains(name);
    }

    @Test
    void lineEndsInANameAreDecoded() {
        assertThat(HeaderParameters.of("form-data; filename=\"a%0D%0ab\"").ofForm("filename"))
                .contains("a\r\nb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filename=\"a",
                "filename*=UTF-8''%zz",
                "filename*=UTF-8''%e",
                "filename*=klingon''a",
                "filename*=a"
            })
    void aNameThatCannotBeReadIsRefused(String parameter) {
        assertThatThrownBy(() -> HeaderParameters.of("form-data; " + parameter).ofForm("filename"))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("filename");
    }
}
