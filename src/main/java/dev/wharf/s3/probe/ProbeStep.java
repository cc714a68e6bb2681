package dev.wharf.s3.probe;

import dev.wharf.s3.fault.S3Operation;

/** The operations that a probe tries. */
enum ProbeStep {
    /** Never tried by itself: what is said where everything else is denied. */
    KEY_PAIR("keyPair", null),
    ASSUME_ROLE("assumeRole", S3Operation.ASSUME_ROLE),
    LIST_BUCKETS("listBuckets", S3Operation.LIST_BUCKETS),
    LIST("listObjects", S3Operation.LIST),
    GET("getObject", S3Operation.GET),
    PUT("putObject", S3Operation.PUT),
    CONDITIONAL_PUT("conditionalPut", S3Operation.PUT),
    DEFAULT_CHECKSUMS("defaultChecksums", S3Operation.PUT),
    BEGIN_UPLOAD("beginUpload", S3Operation.BEGIN_UPLOAD),
    PART_CHECKSUMS("partChecksums", S3Operation.UPLOAD_PART),
    LIST_PARTS("listParts", S3Operation.LIST_PARTS),
    LIST_UPLOADS("listUploads", S3Operation.LIST_UPLOADS),
    ABORT_UPLOAD("abortUpload", S3Operation.ABORT_UPLOAD),
    ENCRYPTED_UPLOAD("encryptedUpload", S3Operation.UPLOAD_PART),
    DELETE("deleteObject", S3Operation.DELETE),
    CA_CERTIFICATE("caCertificate", null),
    CLOCK("clock", null);

    private final String label;
    private final S3Operation operation;

    ProbeStep(String label, S3Operation operation) {
        this.label = label;
        this.operation = operation;
    }

    /** As reports name it. */
    String label() {
        return label;
    }

    /** Whose permission it takes; null for what is not asked of the store. */
    S3Operation operation() {
        return operation;
    }

    /**
     * Whether a connection that is only read cannot do without; the list of buckets is of use only to those who have not
     * said which one is theirs.
     */
    boolean neededToRead() {
        return this == ASSUME_ROLE || this == LIST || this == GET;
    }

    /**
     * Whether a connection that is written to cannot do without: the service deletes nothing, looks where it cannot make
     * conditions, and asks for uploads only after a failure.
     */
    boolean neededToWrite() {
        return neededToRead()
                || this == PUT
                || this == BEGIN_UPLOAD
                || this == ABORT_UPLOAD
                || this == ENCRYPTED_UPLOAD;
    }
}
