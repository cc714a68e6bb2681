package dev.wharf.store;

/** What can be brought to a store without being seen: bytes, or an object that the store has and copies by itself. */
public sealed interface Stageable permits Content, CopySource {}
