package dev.wharf.kernel.http.stream;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A file on its way in.
 *
 * @param name what the client calls it: not to be trusted; null where the request has no place for a name
 * @param contentType as the client says; may be null
 * @param length in bytes, if the client has said it
 * @param digests what the client says that the content is
 * @param content read once, by one thread; fails with {@link BrokenBodyException} if the client goes away
 */
public record IncomingFile(
        String name, String contentType, OptionalLong length, SaidDigests digests, InputStream content) {}
