package dev.wharf.kernel.api;

/**
 * Marks the records that are read from what callers send: a step that asks for one gets it from the body's JSON, checked,
 * with all that is wrong told together.
 */
public interface RequestBody {}
