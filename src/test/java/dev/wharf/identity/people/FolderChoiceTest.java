package dev.wharf.identity.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderChoiceTest {
    private static JsonNode text(String path) {
        return TextNode.valueOf(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/results, /results",
        "/results/ann/, /results/ann",
        "/trifacta/uploadsx, /trifacta/uploadsx",
        "/Größe/$(x) %2F..a/.b, /Größe/$(x) %2F..a/.b"
    })
    void aFolderForResultsIsKeptWithoutItsLastSlash(String sent, String kept) {
        assertThat(FolderChoice.outputHome(text(sent)).path()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "//",
                "results",
                "s3://bucket/results",
                "/results//ann",
                "/results/ann//",
                "/results/./ann",
                "/results/..",
                "/../results",
                "/results/\n",
                "/results/\0",
                "/results/\ud800"
            })
    void whatIsNoFolderIsRefused(String path) {
        assertRefused("outputHomeDir", () -> FolderChoice.outputHome(text(path)));
        assertRefused("uploadDir", () -> FolderChoice.uploads(text(path)));
    }

    private static void assertRefused(String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable choice) {
        assertThatThrownBy(choice)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.VALIDATION_FAILED))
                .hasMessageStartingWith(field);
    }

    @Test
    void theFolderThatIsSuggestedIsOneThatIsTaken() {
        assertThatThrownBy(() -> FolderChoice.outputHome(text("results")))
                .hasMessageContaining("such as /results/ann:");
        assertThatThrownBy(() -> FolderChoice.uploads(text("uploads")))
                .hasMessageContaining("such as /trifacta/uploads/team:");
    }

    @Test
    void aFolderHasFiveHundredAndTwelveBytesAtMost() {
        assertThat(FolderChoice.outputHome(text("/" + "a".repeat(511))).path()).hasSize(512);
        assertRefused("outputHomeDir", () -> FolderChoice.outputHome(text("/" + "a".repeat(512))));
        assertRefused("outputHomeDir", () -> FolderChoice.outputHome(text("/" + "é".repeat(256))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/trifacta", "/trifacta/uploads", "/trifacta/uploads/", "/trifacta/uploads/1/1"})
    void resultsDoNotGoToTheUploads(String path) {
        assertRefused("outputHomeDir", () -> FolderChoice.outputHome(text(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/trifacta", "/trifacta/uploadsx", "/uploads", "/trifacta/Uploads/team"})
    void uploadsGoNowhereElse(String path) {
        assertRefused("uploadDir", () -> FolderChoice.uploads(text(path)));
    }

    @Test
    void uploadsMayHaveAFolderInTheirArea() {
        assertThat(FolderChoice.uploads(text("/trifacta/uploads/team/")).path()).isEqualTo("/trifacta/uploads/team");
    }

    @Test
    void nullIsTheDefaultAndNothingIsNoChoice() {
        assertThat(FolderChoice.outputHome(NullNode.getInstance()).path()).isNull();
        assertThat(FolderChoice.outputHome(null)).isNull();
        assertRefused("uploadDir", () -> FolderChoice.uploads(IntNode.valueOf(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "ann@example.com, /trifacta/queryResults/ann@example.com",
        "ann@x/b, /trifacta/queryResults/ann@x%2Fb",
        "ann@x%2Fb, /trifacta/queryResults/ann@x%252Fb"
    })
    void anAddressIsOneFolderWhateverIsInIt(String email, String folder) {
        assertThat(OutputHomes.byDefault(email)).isEqualTo(folder);
    }
}
