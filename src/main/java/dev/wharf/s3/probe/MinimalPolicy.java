package dev.wharf.s3.probe;

import dev.wharf.s3.fault.S3Operation;
import dev.wharf.store.ProbeRequest.Purpose;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreAccess.Encryption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The smallest IAM policy that lets a key pair do what a connection is for ({@code domain.md} §1.8), and no more: with a
 * folder, nothing outside of it.
 */
public final class MinimalPolicy {
    private static final Pattern SPECIAL = Pattern.compile("[*?$]");
    private static final Pattern KEY_ARN = Pattern.compile("arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}:key/.+");
    private static final Pattern KEY_ID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|mrk-[0-9a-fA-F]{32}");
    private static final Pattern ALIAS = Pattern.compile("(?:(arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}):)?(alias/.+)");

    private final StoreAccess access;
    private final List<Map<String, Object>> statements = new ArrayList<>();

    private MinimalPolicy(StoreAccess access) {
        this.access = access;
    }

    /**
     * The policy as a document.
     *
     * @param bucket null where the connection has none: then only the list of buckets can be allowed
     * @param prefix a folder in it, empty for all of it
     * @return null where there is nothing to allow
     */
    public static Map<String, Object> of(StoreAccess access, String bucket, String prefix, Purpose purpose) {
        var policy = new MinimalPolicy(access);
        if (purpose == Purpose.BROWSE_ALL) {
            policy.allow("ListBuckets", List.of(S3Operation.LIST_BUCKETS.action()), "*", Map.of());
        }
        if (bucket != null) {
            policy.bucket(bucket, SPECIAL.matcher(prefix).replaceAll(MinimalPolicy::literal), purpose == Purpose.WRITE);
        }
        return policy.document();
    }

    private void bucket(String bucket, String prefix, boolean write) {
        String region = access.region();
        String itself = S3Operation.LIST.resource(region, bucket, null);
        allow(
                "ListObjects",
                List.of(S3Operation.LIST.action()),
                itself,
                prefix.isEmpty() ? Map.of() : Map.of("StringLike", Map.of("s3:prefix", prefix + "*")));
        if (write) {
            allow("ListUploads", List.of(S3Operation.LIST_UPLOADS.action()), itself, Map.of());
        }
        allow(
                "UseObjects",
                write
                        ? List.of(
                                S3Operation.GET.action(),
                                S3Operation.PUT.action(),
                                S3Operation.DELETE.action(),
                                S3Operation.ABORT_UPLOAD.action(),
                                S3Operation.LIST_PARTS.action())
                        : List.of(S3Operation.GET.action()),
                S3Operation.GET.resource(region, bucket, prefix + "*"),
                Map.of());
        // The key that AWS keeps for S3 allows everybody whom S3 does.
        if (access.encryption() == Encryption.KMS && access.kmsKeyId() != null) {
            key(write ? List.of("kms:GenerateDataKey", "kms:Decrypt") : List.of("kms:Decrypt"));
        }
    }

    /** IAM takes no alias as a resource: a condition names it (AWS KMS, <i>Use aliases to control access</i>). */
    private void key(List<String> actions) {
        String id = access.kmsKeyId();
        String anywhere = "arn:" + S3Operation.partition(access.region()) + ":kms:" + access.region() + ":*";
        Matcher alias = ALIAS.matcher(id);
        if (alias.matches()) {
            String account = alias.group(1) == null ? anywhere : alias.group(1);
            allow(
                    "UseKey",
                    actions,
                    account + ":key/*",
                    Map.of("ForAnyValue:StringEquals", Map.of("kms:ResourceAliases", alias.group(2))));
        } else if (KEY_ARN.matcher(id).matches()) {
            allow("UseKey", actions, id, Map.of());
        } else if (KEY_ID.matcher(id).matches()) {
            allow("UseKey", actions, anywhere + ":key/" + id, Map.of());
        }
        // Any other name is one of a store that is not AWS, whose keys no policy of IAM knows.
    }

    private void allow(String id, List<String> actions, String resource, Map<String, Object> condition) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Sid", id);
        statement.put("Effect", "Allow");
        statement.put("Action", actions);
        statement.put("Resource", resource);
        if (!condition.isEmpty()) {
            statement.put("Condition", condition);
        }
        statements.add(statement);
    }

    private Map<String, Object> document() {
        if (statements.isEmpty()) {
            return null;
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("Version", "2012-10-17");
        document.put("Statement", statements);
        return document;
    }

    /** A character that has a meaning in policies, as itself (AWS, <i>IAM policy elements: variables and tags</i>). */
    private static String literal(MatchResult special) {
        return Matcher.quoteReplacement("${" + special.group() + "}");
    }
}
