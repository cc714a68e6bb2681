package dev.wharf.store;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * What is to be written.
 *
 * @param stream read once, and not closed by who writes it; {@code store:stage} closes it with its exchange
 * @param length in bytes, if known; another number of bytes is an error then
 * @param type a media type, or null
 */
public record Content(InputStream stream, OptionalLong length, String type) implements Stageable {}
