package dev.wharf.testing.stub;

import java.util.EnumSet;
import java.util.Set;

/** One way in which stores differ from AWS S3, as it was seen of a real one. */
public enum StubHabit {
    /** {@code If-None-Match} keeps no PutObject from overwriting. */
    IGNORES_PUT_CONDITIONS,
    /** A PutObject with {@code If-None-Match} is not carried out. */
    REFUSES_PUT_CONDITIONS,
    /** {@code If-None-Match} keeps no CompleteMultipartUpload from overwriting. */
    IGNORES_COMPLETION_CONDITIONS,
    /** A CompleteMultipartUpload with {@code If-None-Match} is not carried out. */
    REFUSES_COMPLETION_CONDITIONS,
    /** {@code x-amz-copy-source-if-match} is not looked at. */
    IGNORES_COPY_CONDITIONS,
    /** The source's key of UploadPartCopy is decoded again; where that cannot be done the real store ends. */
    DECODES_SOURCES_TWICE,
    /** ListParts of an upload that is completed or aborted misses the key rather than the upload. */
    MISSES_KEYS_OF_ENDED_UPLOADS,
    /** ListParts of a completed upload lists its parts; to abort it misses a key. */
    LISTS_COMPLETED_UPLOADS,
    /** CompleteMultipartUpload of a completed upload succeeds again. */
    COMPLETES_AGAIN,
    /** CompleteMultipartUpload of an aborted upload is said to be under way. */
    CALLS_GONE_UPLOADS_BUSY,
    /** CompleteMultipartUpload answers with an empty ETag. */
    EMPTIES_ETAGS_OF_COMPLETIONS,
    /** CRC-32Cs are neither looked at nor told. */
    IGNORES_CHECKSUMS,
    /** Any CRC-32C is taken without a look, and told again. */
    TAKES_ANY_CHECKSUM,
    /** A request that speaks of CRC-32Cs is not carried out. */
    REFUSES_CHECKSUMS,
    /** The CRC-32C of an upload is always that of its parts' checksums. */
    COMPOSES_CHECKSUMS,
    /** {@code AES256} is not applied, and nothing said. */
    IGNORES_AES256,
    /** What asks for server-side encryption is not carried out. */
    REFUSES_ENCRYPTION;

    /** Ceph's gateway, 16.2.15. */
    public static final Set<StubHabit> CEPH = EnumSet.of(
            IGNORES_COMPLETION_CONDITIONS,
            IGNORES_COPY_CONDITIONS,
            DECODES_SOURCES_TWICE,
            MISSES_KEYS_OF_ENDED_UPLOADS,
            COMPLETES_AGAIN,
            CALLS_GONE_UPLOADS_BUSY,
            EMPTIES_ETAGS_OF_COMPLETIONS,
            IGNORES_CHECKSUMS,
            IGNORES_AES256);

    /** OpenStack Swift 2.30 with s3api. */
    public static final Set<StubHabit> SWIFT = EnumSet.of(
            REFUSES_PUT_CONDITIONS,
            IGNORES_COMPLETION_CONDITIONS,
            LISTS_COMPLETED_UPLOADS,
            COMPLETES_AGAIN,
            IGNORES_CHECKSUMS,
            REFUSES_ENCRYPTION);
}
