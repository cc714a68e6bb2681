package dev.wharf.testing;

import io.vertx.core.Future;
import java.util.Map;

/** What is asked of the server and of a bucket as a whole. */
final class BucketRequests {
    private final Map<String, StubBucket> buckets;

    BucketRequests(Map<String, StubBucket> buckets) {
        this.buckets = buckets;
    }

    Answer buckets() {
        XmlBytes xml = new XmlBytes(1_024)
                .raw(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Owner><ID>stub</ID></Owner><Buckets>");
        buckets.forEach((name, bucket) -> xml.raw("<Bucket>")
                .element("Name", name)
                .element("CreationDate", Times.xml(bucket.created()))
                .raw("</Bucket>"));
        return Answer.xml(200, xml.raw("</Buckets></ListAllMyBucketsResult>").content());
    }

    Future<Answer> answer(StubRequest request) {
        StubBucket bucket = buckets.get(request.bucket());
        if (bucket == null) {
            throw S3Error.noSuchBucket(request.bucket());
        }
        return request.end().map(ended -> switch (request.method()) {
            case "HEAD" -> new Answer(200, Map.of("x-amz-bucket-region", "us-east-1"), Content.EMPTY);
            case "GET" -> get(request, bucket);
            default -> throw S3Error.notImplemented(request);
        });
    }

    private Answer get(StubRequest request, StubBucket bucket) {
        if (!"2".equals(request.query("list-type"))) {
            throw S3Error.notImplemented(request);
        }
        return Answer.xml(200, ListingXml.page(ListingRequest.of(request, false), bucket.keys(object -> true)));
    }
}
