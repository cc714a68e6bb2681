package dev.wharf.s3.probe;

import dev.wharf.s3.fault.Operation;

/** The operations that a probe tries. */
enum ProbeStep {
    /** Never tried by itself: what is said where everything else is denied. */
    KEY_PAIR("keyPair", null),
    ASSUME_ROLE("assumeRole", Operation.ASSUME_ROLE),
    LIST_BUCKETS("listBuckets", Operation.LIST_BUCKETS),
    LIST("listObjects", Operation.LIST),
    GET("getObject", Operation.GET),
    PUT("putObject", Operation.PUT),
    CONDITIONAL_PUT("conditionalPut", Operation.PUT),
    DEFAULT_CHECKSUMS("defaultChecksums", Operation.PUT),
    BEGIN_UPLOAD("beginUpload", Operation.BEGIN_UPLOAD),
    LIST_PARTS("listParts", Operation.LIST_PARTS),
    LIST_UPLOADS("listUploads", Operation.LIST_UPLOADS),
    ABORT_UPLOAD("abortUpload", Operation.ABORT_UPLOAD),
    ENCRYPTED_UPLOAD("encryptedUpload", Operation.UPLOAD_PART),
    DELETE("deleteObject", Operation.DELETE),
    CA_CERTIFICATE("caCertificate", null),
    CLOCK("clock", null);

    private final String label;
    private final Operation operation;

    ProbeStep(String label, Operation operation) {
        this.label = label;
        this.operation = operation;
    }

    /** As reports name it. */
    String label() {
        return label;
    }

    /** Whose permission it takes; null for what is not asked of the store. */
    Operation operation() {
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
