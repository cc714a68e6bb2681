package dev.wharf.imports;

import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;
import dev.wharf.store.S3Uri;
import java.util.List;

/** What an import reads, once its store was opened for the caller and asked: a file, or a folder to be walked through. */
public final class Sight implements Placed {
    private final Source source;
    private final Place place;

    Sight(ObjectStore store, Source source) {
        this.source = source;
        this.place = new Place(store, source.uri().bucket(), source.uri().key());
    }

    @Override
    public Place place() {
        return place;
    }

    /** What the store says of the file, if it is one; null for a folder. */
    public ObjectInfo file() {
        return source.file();
    }

    /** The file, for whoever reads what a folder would have been listed as. */
    public List<ObjectInfo> files() {
        return List.of(source.file());
    }

    /** A folder ends in a slash. */
    S3Uri uri() {
        return source.uri();
    }

    boolean isData(ObjectInfo object) {
        return source.file() != null || ObjectNames.isData(place.key(), object.key());
    }
}
