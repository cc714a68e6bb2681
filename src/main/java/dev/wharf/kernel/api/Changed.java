package dev.wharf.kernel.api;

import java.time.Instant;

/** What the API answers to a change ({@code domain.md} §3.1, <i>Update</i>). */
public record Changed(long id, Reference updater, Instant createdAt, Instant updatedAt) implements Versioned {}
