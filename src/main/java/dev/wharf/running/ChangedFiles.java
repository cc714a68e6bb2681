package dev.wharf.running;

import dev.wharf.datasets.Comparison;
import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetFile;
import dev.wharf.datasets.SourceChanges;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.S3Uri;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Says of a run's files that they are not as they were imported: when one is not, several may not be. */
final class ChangedFiles {
    private ChangedFiles() {}

    /**
     * Looks at the source once more.
     *
     * @param file of the run that has changed or gone
     * @param files those that it reads
     */
    static ProblemException of(Run run, DatasetFile file, StoreDirectory stores, Iterator<DatasetFile> files) {
        Dataset dataset = run.dataset();
        S3Uri source = dataset.source();
        if (source.isFolder() && file.key().startsWith(source.key())) {
            try {
                var changed = find(dataset, stores.store(run.caller(), source.connectionId()), files);
                if (changed.isPresent()) {
                    return changed.get();
                }
            } catch (ProblemException unknown) {
                // the file that was met is named all the same
            }
        }
        return problem(dataset, 1, List.of(file.key() + " changed or gone"));
    }

    /**
     * Looks at the source of a dataset once more.
     *
     * @param files those that are read
     * @return 409 naming those that are not there as they were; empty if all are
     */
    static Optional<ProblemException> find(Dataset dataset, ObjectStore store, Iterator<DatasetFile> files) {
        S3Uri source = dataset.source();
        var comparison = new Comparison(dataset, files);
        if (source.isFolder()) {
            try (var objects = store.walk(source.bucket(), source.key())) {
                objects.filter(object -> ObjectNames.isData(source.key(), object.key()))
                        .forEach(comparison::compare);
            }
        } else {
            ObjectFinder.find(store, source.bucket(), source.key()).ifPresent(comparison::compare);
        }
        SourceChanges changes = comparison.end();
        return changes.isBroken()
                ? Optional.of(problem(
                        dataset, changes.changed().count() + changes.gone().count(), changes.broken()))
                : Optional.empty();
    }

    private static ProblemException problem(Dataset dataset, long count, List<String> files) {
        return new ProblemException(
                Problem.CONFLICT,
                count + (count == 1 ? " file of dataset " : " files of dataset ") + dataset.id()
                        + (count == 1 ? " has" : " have") + " changed or gone since it was imported. Refresh it (POST"
                        + " /v4/importedDatasets/" + dataset.id() + "/refresh) and start the job again: s3://"
                        + dataset.source().bucket() + "/: " + String.join(", ", files)
                        + (count > files.size() ? " and " + (count - files.size()) + " more" : ""));
    }
}
