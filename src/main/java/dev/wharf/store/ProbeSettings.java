package dev.wharf.store;

import dev.wharf.store.StoreAccess.Checksums;

/**
 * What a probe has learned of a store. Null is: not known.
 *
 * @param region where the bucket is, as the store says
 * @param checksums the value to choose for the connection's {@code params.checksums}
 * @param conditionalWrites whether {@code If-None-Match} keeps PutObject from overwriting
 * @param clockSkewMinutes how far this service's clock is ahead of the store's, in whole minutes; negative if behind
 */
public record ProbeSettings(String region, Checksums checksums, Boolean conditionalWrites, Long clockSkewMinutes) {}
