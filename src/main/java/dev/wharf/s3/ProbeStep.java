package dev.wharf.s3;

/** The operations that a probe tries. */
enum ProbeStep {
    ASSUME_ROLE("assumeRole", Operation.ASSUME_ROLE),
    LIST_BUCKETS("listBuckets", Operation.LIST_BUCKETS),
    LIST("listObjects", Operation.LIST),
    GET("getObject", Operation.GET),
    PUT("putObject", Operation.PUT),
    CONDITIONAL_PUT("conditionalPut", Operation.PUT),
    DEFAULT_CHECKSUMS("defaultChecksums", Operation.PUT),
    BEGIN_UPLOAD("beginUpload", Operation.BEGIN_UPLOAD),
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

    /** Whether a connection can do without: the service deletes nothing, and looks where it cannot make conditions. */
    boolean needed() {
        return this != CONDITIONAL_PUT && this != DEFAULT_CHECKSUMS && this != DELETE && operation != null;
    }
}
