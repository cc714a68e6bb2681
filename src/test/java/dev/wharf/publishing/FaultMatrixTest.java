package dev.wharf.publishing;

import static dev.wharf.publishing.WentWrong.CUT_SHORT;
import static dev.wharf.publishing.WentWrong.ERROR_INSIDE;
import static dev.wharf.publishing.WentWrong.FAILING;
import static dev.wharf.publishing.WentWrong.LOST;
import static dev.wharf.publishing.WentWrong.OVERLOADED;
import static dev.wharf.publishing.WentWrong.RESET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.publishing.FaultCell.Results;
import dev.wharf.publishing.FaultCell.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a publication one of whose requests goes wrong, in every way at every place: the folder is complete, or
 * there is nothing. {@code src/docs/publishing-faults.md} is what this test finds; where it differs, what was found is left
 * beside the build, to be compared and taken over.
 */
class FaultMatrixTest {
    private static final Path DOCUMENT = Path.of("src/docs/publishing-faults.md");
    private static final Path FOUND = Path.of("target/publishing-faults.md");

    private final List<FaultCell> cells = new ArrayList<>();
    private FaultWorld world;

    private void add(Asked asked, Times times, Results results, WentWrong... faults) {
        for (WentWrong fault : faults) {
            if (asked.canMeet(fault)) {
                cells.add(new FaultCell(world, cells.size(), asked, fault, times, results));
            }
        }
    }

    private void addAll() {
        for (Asked asked : Asked.values()) {
            add(asked, Times.TWICE, Results.FILE, WentWrong.values());
            if (asked != Asked.READ) { // which only the job tries again, and each time counts
                add(asked, Times.SIX_TIMES, Results.FILE, OVERLOADED, ERROR_INSIDE, LOST);
            }
            add(asked, Times.ALWAYS, Results.FILE, WentWrong.values());
        }
        for (Times times : List.of(Times.TWICE, Times.ALWAYS)) {
            add(Asked.READ, times, Results.LARGE_FILE, CUT_SHORT);
            add(Asked.PART, times, Results.LARGE_FILE, WentWrong.values());
            add(Asked.COPY, times, Results.LARGE_COPY, WentWrong.values());
        }
        add(Asked.COMPLETE, Times.ALWAYS, Results.LARGE_FILE, RESET, LOST);
        add(Asked.COMPLETE, Times.ALWAYS, Results.LARGE_COPY, LOST);
        // Where one of many files is not like the others.
        add(Asked.COPY, Times.SIX_TIMES, Results.HUNDRED_FILES, LOST);
        add(Asked.COPY, Times.ALWAYS, Results.HUNDRED_FILES, RESET);
        add(Asked.COMPLETE, Times.ALWAYS, Results.HUNDRED_FILES, LOST, RESET, FAILING);
        add(Asked.HEAD_AFTER, Times.ALWAYS, Results.HUNDRED_FILES, RESET);
    }

    @Test
    void everyPublicationEndsWithACompleteFolderOrWithNothing() throws IOException {
        try (var opened = new FaultWorld()) {
            world = opened;
            addAll();
            cells.forEach(FaultCell::begin);
            world.awaitEnds(cells.size());
            var softly = new SoftAssertions();
            Map<FaultCell, String> outcomes = new LinkedHashMap<>();
            cells.forEach(cell -> softly.check(() -> outcomes.put(cell, cell.outcome())));

            world.heal();
            cells.forEach(cell -> softly.check(cell::mend));
            world.awaitEnds(cells.size());
            world.tidyUp();

            cells.forEach(cell -> softly.check(cell::check));
            String found = document(outcomes);
            Files.createDirectories(FOUND.getParent());
            Files.writeString(FOUND, found);
            softly.assertAll();

            assertThat(found).as("%s, found in %s", DOCUMENT, FOUND).isEqualTo(Files.readString(DOCUMENT));
        }
    }

    private static String document(Map<FaultCell, String> outcomes) {
        var text = new StringBuilder("""
                # When a store fails a publication

                What becomes of a publication one of whose requests goes wrong: in each row another request, in each column another
                way. It is of one small file, copied inside its store or read from another one; some also of a large file of several
                parts, and of a hundred files, where the fiftieth meets the fault (then the cell has several outcomes). Whatever the
                outcome, in the end the folder holds exactly what its `_SUCCESS` lists, with the bytes of the sources, or there is
                nothing: a job that failed with some results visible says which and was gone on with, or withdrawn, once the store
                was well; an upload that stayed for now was aborted by what the service does from time to time. This page is made by
                `FaultMatrixTest`, which fails where it is not true. A field is empty where the answer cannot be wrong in that way,
                or where that was not tried.

                """);
        for (Times times : Times.values()) {
            text.append("## ").append(times.words()).append("\n\n| |");
            for (WentWrong fault : WentWrong.values()) {
                text.append(' ').append(fault.words()).append(" |");
            }
            text.append("\n|")
                    .append(" --- |".repeat(WentWrong.values().length + 1))
                    .append('\n');
            for (Asked asked : Asked.values()) {
                text.append("| ").append(asked.words()).append(" |");
                for (WentWrong fault : WentWrong.values()) {
                    text.append(' ').append(cell(outcomes, asked, fault, times)).append(" |");
                }
                text.append('\n');
            }
            text.append('\n');
        }
        return text.toString().stripTrailing() + "\n";
    }

    private static String cell(Map<FaultCell, String> outcomes, Asked asked, WentWrong fault, Times times) {
        return outcomes.entrySet().stream()
                .filter(outcome -> outcome.getKey().is(asked, fault, times))
                .map(Map.Entry::getValue)
                .distinct()
                .sorted()
                .collect(Collectors.joining("; "));
    }
}
