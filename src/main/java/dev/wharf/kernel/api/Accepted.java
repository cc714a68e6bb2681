package dev.wharf.kernel.api;

/** An answer about work that goes on after it: HTTP 202, where the contract has it. */
public interface Accepted {}
