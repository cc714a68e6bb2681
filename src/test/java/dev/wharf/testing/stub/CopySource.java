package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The object that a request copies, or a part of it. */
final class CopySource {
    private static final String HEADER = "x-amz-copy-source";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private final StubRequest request;
    private final StubObject object;

    CopySource(StubRequest request, StubOptions options, Map<String, StubBucket> buckets) {
        this.request = request;
        String source = request.header(HEADER);
        int version = source.indexOf('?');
        String path = StubRequest.decoded(version < 0 ? source : source.substring(0, version));
        if (options.has(StubHabit.DECODES_SOURCES_TWICE) && UploadRequests.isMeant(request)) {
            path = StubRequest.decoded(path);
        }
        int from = path.startsWith("/") ? 1 : 0;
        int slash = path.indexOf('/', from);
        if (slash < 0) {
            throw new S3Error(400, "InvalidArgument", "Copy source must name a bucket and a key: " + source);
        }
        String bucketName = path.substring(from, slash);
        StubBucket bucket = buckets.get(bucketName);
        if (bucket == null) {
            throw S3Error.noSuchBucket(bucketName);
        }
        object = bucket.get(path.substring(slash + 1));
        if (!options.has(StubHabit.IGNORES_COPY_CONDITIONS)) {
            checkConditions();
        }
        if (object.isArchived()) {
            throw S3Error.archived();
        }
    }

    static boolean isIn(StubRequest request) {
        return request.header(HEADER) != null;
    }

    private void checkConditions() {
        Conditions.requireMatch(request.header(HEADER + "-if-match"), object);
        String noneMatch = request.header(HEADER + "-if-none-match");
        if (noneMatch != null && Conditions.isOneOf(noneMatch, object)) {
            throw S3Error.preconditionFailed();
        }
    }

    StubObject object() {
        return object;
    }

    /** What of the object is asked for, which must be there. */
    Content content() {
        String header = request.header(HEADER + "-range");
        if (header == null) {
            return object.content();
        }
        Matcher range = RANGE.matcher(header);
        if (!range.matches()) {
            throw new S3Error(
                    400, "InvalidArgument", "The x-amz-copy-source-range value must be of the form bytes=first-last");
        }
        long from = Long.parseLong(range.group(1));
        long to = Long.parseLong(range.group(2)) + 1;
        if (from >= to || to > object.content().size()) {
            throw new S3Error(
                    400,
                    "InvalidArgument",
                    "Range specified is not valid for source object of size: "
                            + object.content().size());
        }
        return object.content().slice(from, to);
    }
}
