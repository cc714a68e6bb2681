package dev.wharf.store;

/**
 * An archived object that is to be readable for some time.
 *
 * @param days how long the copy stays, at least 1; null for an object of INTELLIGENT_TIERING, which comes back for good
 */
public record ObjectRestore(Place place, Tier tier, Integer days) implements Placed {
    /** How soon the copy is wanted, and so what it costs (AWS, <i>Archive retrieval options</i>), spelled as in its API. */
    public enum Tier {
        Standard,
        Bulk,
        Expedited
    }
}
