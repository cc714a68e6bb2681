package dev.wharf.imports;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetFile;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.Manifests;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.sample.Sample;
import dev.wharf.engine.sample.Sampler;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** Shows the first rows of a dataset as a job would read them. */
public final class DatasetPreviews {
    private static final int MOST_ROWS = 1_000;
    private static final int ROWS = 100;
    /** Rows of more files than these are not shown, as each has to be fetched. */
    private static final int MOST_FILES = 50;
    /** Of 0 bytes, which are passed over. */
    private static final int MOST_EMPTY_FILES = 10_000;

    private final DatasetTable table;
    private final Manifests manifests;
    private final StoreDirectory stores;
    private final Sampler sampler;
    private final Path folder;

    /**
     * Removes what a process that died has left.
     *
     * @param folder for temporary files; nothing else may be in it
     */
    public DatasetPreviews(
            DatasetTable table, Manifests manifests, StoreDirectory stores, Sampler sampler, Path folder) {
        this.table = table;
        this.manifests = manifests;
        this.stores = stores;
        this.sampler = sampler;
        this.folder = folder;
        try {
            FileSystemUtils.deleteRecursively(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Looks into the first files of the dataset's manifest until there are enough rows.
     *
     * @param query {@code limit} 1 to 1,000 rows, default 100
     * @throws ProblemException 404 or 410 as for the dataset; 400 where its first row cannot be read; 409 where a file is
     *     another one than was imported; what the store says; 503 where too many files are being looked into
     */
    @Operation(value = "previewImportedDataset", waitsForStores = true)
    public DatasetPreview preview(Caller caller, long id, Query query) throws IOException {
        int limit = query.number("limit", ROWS, 1, MOST_ROWS);
        var dataset = table.require(caller, id);
        var store = open(caller, dataset);
        var reading = dataset.reading(dataset.found());
        var preview = preview(store, dataset, reading, limit);
        var types = preview.rows().types(reading.types());
        if (preview.rows().differFrom(types)) {
            // Types are those of all values: what is text in one file is no number in another.
            preview = preview(store, dataset, reading.with(types), limit);
        }
        return preview.rows().of(preview.all(), preview.warnings());
    }

    private ObjectStore open(Caller caller, Dataset dataset) {
        try {
            return stores.store(caller, dataset.source().connectionId());
        } catch (ProblemException refused) {
            throw dataset.unreadable(refused);
        }
    }

    private record Looked(PreviewRows rows, boolean all, List<String> warnings) {}

    private Looked preview(ObjectStore store, Dataset dataset, Reading reading, int limit) throws IOException {
        var files = manifests.files(dataset.manifestId());
        var rows = new PreviewRows(dataset);
        var warnings = new ArrayList<String>();
        boolean through = true;
        int looked = 0;
        int empty = 0;
        while (through && files.hasNext() && rows.count() < limit && looked < MOST_FILES && empty < MOST_EMPTY_FILES) {
            var file = files.next();
            if (looked > 0 && file.size() == 0 && holdsNothing(file)) {
                empty++;
                continue;
            }
            try {
                var sample = sample(store, dataset, file, rows.reading(reading), limit - rows.count());
                var misfit = sample.columns().isEmpty() ? null : rows.misfit(file, sample, reading.union());
                if (misfit != null) {
                    warnings.add(misfit);
                    break;
                }
                if (!sample.columns().isEmpty() || looked == 0 && !files.hasNext()) {
                    rows.add(file, sample);
                }
                through = sample.rowCount() != null
                        && sample.rowCount() == sample.rows().size();
            } catch (ProblemException broken) {
                if (rows.count() == 0) {
                    throw broken;
                }
                warnings.add(broken.detail());
                through = false;
            }
            looked++;
        }
        boolean all = through && !files.hasNext() && warnings.isEmpty();
        var unknown = rows.unknownTypes(all);
        if (unknown != null) {
            warnings.add(unknown);
        }
        return new Looked(rows, all, warnings);
    }

    private static boolean holdsNothing(DatasetFile file) {
        return !SourceFormat.named(file.key()).kind().compressesInside();
    }

    private Sample sample(ObjectStore store, Dataset dataset, DatasetFile file, Reading reading, int limit)
            throws IOException {
        var own = Files.createTempDirectory(folder, "");
        try {
            return sampler.sample(store, dataset.source().bucket(), file.key(), file.etag(), reading, own, limit);
        } catch (StoreException failure) {
            throw failure.kind() == Kind.CHANGED || failure.kind() == Kind.NOT_FOUND
                    ? new ProblemException(
                            Problem.CONFLICT,
                            dataset.source().withKey(file.key()).location()
                                    + " has changed or gone since the dataset was imported. Refresh it (POST"
                                    + " /v4/importedDatasets/" + dataset.id() + "/refresh)")
                    : failure;
        } finally {
            FileSystemUtils.deleteRecursively(own);
        }
    }
}
