package dev.wharf.parameters;

import java.time.Instant;
import java.util.Map;

/**
 * What a path is matched with.
 *
 * @param reference the moment from which windows of time are counted
 * @param values of variables and selectors, by their override keys; the others have their defaults
 */
record Matching(Instant reference, Map<String, String> values) {}
