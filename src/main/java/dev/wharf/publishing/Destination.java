package dev.wharf.publishing;

import dev.wharf.store.Place;
import dev.wharf.store.Placed;

/** Where a file that is pending goes, opened for whoever publishes. */
public record Destination(PendingFile file, Place place) implements Placed {}
