package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.LearnedConditions;
import dev.wharf.s3.client.LearnedConditions.Seen;
import dev.wharf.s3.wire.Etags;
import dev.wharf.s3.wire.Md5;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy that a store makes itself, proved before anybody sees it.
 *
 * <p>Stores have been seen to ignore the condition on the source, and to decode its key twice: then another object is
 * copied, or none, and one store even ends where the second decoding meets a percent sign. The proof is the MD5 that is the source's ETag: one copied part has the same, or each part was copied under the
 * condition that the source has it, by a store that keeps such conditions.
 *
 * @param etag of the source, an MD5, without quotes
 * @param size of the source in bytes, above zero: no range names the bytes of an empty object
 */
record ServerSideCopy(
        ClientLease lease, Executor threads, String sourceBucket, String sourceKey, String etag, long size) {
    /** S3 takes up to 5 GiB per copied part; several smaller ones at one time are done sooner. */
    private static final long PART = 256L << 20;

    /** Of a store that ignores conditions: as one part, and while they copy it many stores say nothing. */
    private static final long LARGEST_IN_ONE = 1L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(ServerSideCopy.class);
    private static final int AT_A_TIME = 8;
    private static final String NOBODYS_ETAG = "0".repeat(32);

    /** The copy; null, with the upload aborted, where the store has not or not provably copied this version. */
    StagedObject into(MultipartUpload upload) {
        var parts = new PartsInFlight(upload::add, threads, AT_A_TIME);
        try {
            StagedObject staged = upload.hasMd5s() && isNameable(upload) ? copy(upload, parts) : null;
            if (staged == null) {
                upload.discard();
            }
            return staged;
        } catch (RuntimeException | Error e) {
            parts.settle();
            if (!(e instanceof StoreException refusal) || refusal.kind() == Kind.UNAVAILABLE) {
                upload.abandon(e);
                throw e;
            }
            // Whatever it is: of a missing source a store speaks also where it has misread the key. Reading will tell.
            LOG.debug("Not copied inside the store: {}", e.getMessage());
            upload.discard();
            return null;
        }
    }

    private StagedObject copy(MultipartUpload upload, PartsInFlight parts) {
        long length = PartSizes.forCopy(size, PART);
        boolean conditional = lease.isAws() || size > length && keepsConditions(upload, range(1, length));
        if (!conditional) {
            if (size > LARGEST_IN_ONE) {
                return null;
            }
            length = size;
        }
        if (size <= length) {
            // By this thread, which would only wait for it; and without a range, which S3 refuses of small objects.
            upload.add(part(upload, 1, null));
        } else {
            copyAll(upload, parts, length);
        }
        StagedObject staged = upload.staged(size, null).withMd5(etag);
        String first = Etags.unquoted(staged.parts().get(0));
        // No upload can be completed without the ETags of its parts.
        boolean proved = staged.parts().size() == 1 && Md5.isOne(first)
                ? first.equals(etag)
                : conditional && !staged.parts().contains("");
        return proved ? staged : null;
    }

    private void copyAll(MultipartUpload upload, PartsInFlight parts, long length) {
        for (int number = 1; (number - 1) * length < size; number++) {
            int mine = number;
            parts.awaitRoom();
            parts.submit(() -> part(upload, mine, range(mine, length)));
        }
        parts.awaitAll();
    }

    private SentPart part(MultipartUpload upload, int number, String range) {
        return new SentPart(upload.copy(number, sourceBucket, sourceKey, etag, range), null);
    }

    /**
     * Whether the store finds the source by its key. Asked for a key that is encoded once more, which nobody has, only a
     * store that decodes twice finds an object.
     */
    private boolean isNameable(MultipartUpload upload) {
        if (lease.isAws() || sourceKey.indexOf('%') < 0) {
            return true;
        }
        Map<String, Boolean> exact = lease.habits().exact();
        if (!exact.containsKey(sourceBucket)) {
            String encoded = HexFormat.of().withPrefix("%").formatHex(sourceKey.getBytes(StandardCharsets.UTF_8));
            try {
                upload.copy(1, sourceBucket, encoded, etag, null);
                exact.put(sourceBucket, false);
            } catch (StoreException e) {
                if (e.kind() != Kind.NOT_FOUND) {
                    LOG.debug("Not copied inside the store, as nothing tells how it reads keys: {}", e.getMessage());
                    return false;
                }
                exact.put(sourceBucket, true);
            }
        }
        return exact.get(sourceBucket);
    }

    /** A condition that no source meets tells. What is copied all the same the true part replaces. */
    private boolean keepsConditions(MultipartUpload upload, String range) {
        LearnedConditions copies = lease.habits().copies();
        if (copies.in(sourceBucket) == Seen.UNKNOWN) {
            try {
                upload.copy(1, sourceBucket, sourceKey, NOBODYS_ETAG, range);
                copies.learn(sourceBucket, Seen.IGNORED);
            } catch (StoreException e) {
                if (e.kind() != Kind.CHANGED) {
                    throw e;
                }
                copies.learn(sourceBucket, Seen.KEPT);
            }
        }
        return copies.in(sourceBucket) == Seen.KEPT;
    }

    private String range(int number, long length) {
        long start = (number - 1) * length;
        return "bytes=" + start + "-" + (Math.min(start + length, size) - 1);
    }
}
