package dev.wharf.imports;

import dev.wharf.datasets.Comparison;
import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.SourceChanges;
import dev.wharf.parameters.ResolvedPath;
import dev.wharf.store.ObjectFinder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;
import java.util.Iterator;
import java.util.List;

/** A look at the source of a dataset, which changes nothing. Used by one thread. */
public final class Looking implements Placed {
    private final Dataset dataset;
    private final Place place;
    private final ResolvedPath path;
    private final Comparison comparison;

    /**
     * @param place opened for whoever looks
     * @param path what is looked for, where that varies; else null
     */
    Looking(Dataset dataset, Place place, ResolvedPath path, Comparison comparison) {
        this.dataset = dataset;
        this.place = place;
        this.path = path;
        this.comparison = comparison;
    }

    @Override
    public Place place() {
        return place;
    }

    public boolean isFolder() {
        return path != null || dataset.source().isFolder();
    }

    /** What the store says of the file, if it is there; of no use for a folder. */
    public List<ObjectInfo> file() {
        return ObjectFinder.find(place.store(), place.bucket(), place.key()).stream()
                .toList();
    }

    private boolean isData(String key) {
        return path == null ? !isFolder() || ObjectNames.isData(place.key(), key) : path.noData(key) == null;
    }

    SourceChanges compare(Iterator<ObjectInfo> objects) {
        objects.forEachRemaining(object -> {
            if (isData(object.key())) {
                comparison.compare(object);
            } else {
                comparison.ignore();
            }
        });
        return comparison.end();
    }
}
