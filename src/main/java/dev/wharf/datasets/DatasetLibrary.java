package dev.wharf.datasets;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The library of the original ({@code domain.md} §3.5): datasets of all its kinds in one list. Here it has imported ones alone:
 * recipes have a list of their own, and nothing refers to what a recipe makes.
 */
public final class DatasetLibrary {
    private static final String KINDS = "datasetsFilter";
    private static final List<String> KNOWN = List.of("all", "imported", "reference", "recipe");

    private final DatasetList datasets;

    public DatasetLibrary(Database database) {
        this.datasets = new DatasetList(database);
    }

    /**
     * A row of the library.
     *
     * @param type {@code datasource} stands for an imported dataset
     * @param referenceCount of flows that refer to it: 0
     */
    public record Entry(
            String type,
            int referenceCount,
            String name,
            String description,
            Instant updatedAt,
            DatasetView importedDataset) {
        static Entry of(Dataset dataset) {
            return new Entry(
                    "datasource",
                    0,
                    dataset.name(),
                    dataset.description(),
                    dataset.updatedAt(),
                    DatasetView.of(dataset, Embedded.nothing()));
        }
    }

    /** How many there are of each kind. */
    public record Counts(long all, long imported, long reference, long recipe) {}

    /**
     * @param query those of {@link Datasets#list} without {@code embed}, and {@code datasetsFilter}
     * @throws ProblemException as there; 400 also where {@code datasetsFilter} is missing
     */
    @Operation("listDatasetLibrary")
    public Page<Entry> list(Caller caller, Query query) {
        boolean imported = wantsImported(query.require(KINDS));
        var filter = DatasetFilter.of(caller, query, datasets);
        return Page.of(
                query,
                (limit, offset) -> imported
                        ? datasets.list(caller, filter, limit, offset).stream()
                                .map(Entry::of)
                                .toList()
                        : List.of(),
                () -> imported ? datasets.count(caller, filter) : 0);
    }

    /**
     * @param query those of the list that narrow it; without {@code datasetsFilter}, of all kinds
     */
    @Operation("countDatasetLibrary")
    public Map<String, Counts> count(Caller caller, Query query) {
        boolean wanted = wantsImported(query.get(KINDS).orElse("all"));
        var filter = DatasetFilter.of(caller, query, datasets);
        long imported = wanted ? datasets.count(caller, filter) : 0;
        return Map.of("count", new Counts(imported, imported, 0, 0));
    }

    private static boolean wantsImported(String kinds) {
        List<String> asked = Arrays.asList(kinds.split(",", -1));
        if (!KNOWN.containsAll(asked)) {
            throw ProblemException.invalid(KINDS, "must be all, imported, reference or recipe, or several with commas");
        }
        return asked.contains("all") || asked.contains("imported");
    }
}
