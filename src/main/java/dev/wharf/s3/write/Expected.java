package dev.wharf.s3.write;

import dev.wharf.store.StagedObject;
import java.util.List;
import java.util.function.Supplier;

/**
 * What an object must turn out to be.
 *
 * @param size in bytes
 * @param etag where it means anything, or null; only asked for where the checksum does not tell
 * @param crc32c the forms that its checksum may have; none where it was stored without
 */
record Expected(long size, Supplier<String> etag, List<String> crc32c) {
    static Expected of(StagedObject staged) {
        return new Expected(staged.size(), staged::etag, staged.possibleChecksums());
    }

    Expected byEtag() {
        return new Expected(size, etag, List.of());
    }
}
