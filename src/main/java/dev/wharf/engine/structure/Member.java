package dev.wharf.engine.structure;

/**
 * A file of a dataset that is to be.
 *
 * @param number its place among the others, from 0
 * @param size in bytes
 * @param etag of the version that was listed; empty where the store has none
 */
public record Member(long number, String key, long size, String etag) {}
