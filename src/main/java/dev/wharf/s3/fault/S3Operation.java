package dev.wharf.s3.fault;

import dev.wharf.store.Control;

/** What is asked of a store, with the IAM action that allows it (AWS, <i>Actions for Amazon S3</i>). */
public enum S3Operation {
    /** Of STS rather than of the store. */
    ASSUME_ROLE("sts:AssumeRole", Scope.ROLE),
    LIST_BUCKETS("s3:ListAllMyBuckets", Scope.SERVICE),
    LIST("s3:ListBucket", Scope.BUCKET),
    HEAD("s3:GetObject", Scope.OBJECT),
    GET("s3:GetObject", Scope.OBJECT),
    /** Of an object that the store has just listed, so that it is no missing one. */
    GET_LISTED("s3:GetObject", Scope.OBJECT),
    PUT("s3:PutObject", Scope.OBJECT),
    BEGIN_UPLOAD("s3:PutObject", Scope.OBJECT),
    UPLOAD_PART("s3:PutObject", Scope.OBJECT),
    /** Only of what a test of the connection has put there itself. */
    DELETE("s3:DeleteObject", Scope.OBJECT),
    RESTORE("s3:RestoreObject", Scope.OBJECT),
    /** Reported for the source, which is what the condition is about and what most often is not readable. */
    COPY_PART("s3:GetObject", Scope.OBJECT),
    COMPLETE_UPLOAD("s3:PutObject", Scope.OBJECT),
    ABORT_UPLOAD("s3:AbortMultipartUpload", Scope.OBJECT),
    LIST_PARTS("s3:ListMultipartUploadParts", Scope.OBJECT),
    LIST_UPLOADS("s3:ListBucketMultipartUploads", Scope.BUCKET);

    private enum Scope {
        ROLE,
        SERVICE,
        BUCKET,
        OBJECT
    }

    private final String action;
    private final Scope scope;

    S3Operation(String action, Scope scope) {
        this.action = action;
        this.scope = scope;
    }

    public static S3Operation of(Control.Kind kind) {
        return switch (kind) {
            case DELETE -> DELETE;
            case RESTORE -> RESTORE;
        };
    }

    public String action() {
        return action;
    }

    /** Whether a bucket is meant, or something in one. */
    public boolean ofBucket() {
        return scope == Scope.BUCKET || scope == Scope.OBJECT;
    }

    /** Whether a failed condition means that the target exists, rather than that the source has changed. */
    boolean creates() {
        return this == PUT || this == COMPLETE_UPLOAD;
    }

    /** Whether a missing object is all that a 404 without a reason can mean. */
    boolean reads() {
        return this == HEAD || this == GET || this == GET_LISTED || this == COPY_PART;
    }

    /** Whether the store takes the connection's KMS key for it. */
    boolean encrypts() {
        return this == PUT || this == BEGIN_UPLOAD || this == UPLOAD_PART || this == COMPLETE_UPLOAD;
    }

    /** Whether part of an upload that has been begun. */
    boolean ofUpload() {
        return this == UPLOAD_PART || this == COMPLETE_UPLOAD || this == ABORT_UPLOAD || this == LIST_PARTS;
    }

    /** As ARNs name the part of AWS that a region belongs to. */
    public static String partition(String region) {
        return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    /** The resource as a policy names it. */
    public String resource(String region, String bucket, String key) {
        String arn = "arn:" + partition(region) + ":s3:::";
        return switch (scope) {
            case ROLE, SERVICE -> "*";
            case BUCKET -> arn + bucket;
            case OBJECT -> arn + bucket + "/" + key;
        };
    }
}
