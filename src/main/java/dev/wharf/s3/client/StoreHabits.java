package dev.wharf.s3.client;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the use of a store has taught about it. No name of a product tells this; it is seen in each bucket anew, as a
 * gateway may lead to several stores.
 *
 * @param puts {@code If-None-Match} of PutObject
 * @param completions {@code If-None-Match} of CompleteMultipartUpload
 * @param checksums {@code x-amz-checksum-crc32c} of UploadPart and PutObject
 * @param copies {@code x-amz-copy-source-if-match} of UploadPartCopy, by the source's bucket
 * @param exact whether the key of a copy's source is decoded once, by the source's bucket
 * @param encrypting buckets in which the store applies the encryption that the connection asks for
 * @param sequential buckets whose listing cannot be read in several places at one time
 */
public record StoreHabits(
        LearnedConditions puts,
        LearnedConditions completions,
        LearnedChecksums checksums,
        LearnedConditions copies,
        Map<String, Boolean> exact,
        Set<String> encrypting,
        Set<String> sequential) {
    StoreHabits() {
        this(
                new LearnedConditions(),
                new LearnedConditions(),
                new LearnedChecksums(),
                new LearnedConditions(),
                new ConcurrentHashMap<>(),
                ConcurrentHashMap.newKeySet(),
                ConcurrentHashMap.newKeySet());
    }
}
