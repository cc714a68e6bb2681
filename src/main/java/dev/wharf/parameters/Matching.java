package dev.wharf.parameters;

import java.time.Instant;
import java.util.Map;

/**
 * What the parameters of a path are resolved with.
 *
 * @param reference the moment from which windows of time and timestamps are counted
 * @param values of variables and selectors, by their override keys; the others have their defaults
 * @param environment the values of environment parameters, by their names
 */
record Matching(Instant reference, Map<String, String> values, Map<String, String> environment) {}
