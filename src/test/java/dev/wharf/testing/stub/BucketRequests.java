package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Answer;
import java.util.Map;

/** What is asked of the server and of a bucket as a whole. */
final class BucketRequests {
    private final Map<String, StubBucket> buckets;
    private final ListingHabits listing;

    BucketRequests(Map<String, StubBucket> buckets, ListingHabits listing) {
        this.buckets = buckets;
        this.listing = listing;
    }

    Answer list(StubRequest request) {
        if (!request.method().equals("GET")) {
            throw S3Error.notImplemented(request);
        }
        XmlBytes xml = S3Xml.begin("ListAllMyBucketsResult", 1_024)
                .raw("<Owner><ID>stub</ID><DisplayName>stub</DisplayName></Owner><Buckets>");
        buckets.forEach((name, bucket) -> xml.raw("<Bucket>")
                .element("Name", name)
                .element("CreationDate", Times.xml(bucket.created()))
                .raw("</Bucket>"));
        return Answer.xml(200, xml.raw("</Buckets></ListAllMyBucketsResult>").content());
    }

    Answer answer(StubRequest request, StubBucket bucket) {
        if (request.method().equals("HEAD")) {
            return Answer.empty(200).with("x-amz-bucket-region", StubS3.REGION);
        }
        if (request.method().equals("GET") && "2".equals(request.query("list-type"))) {
            return Answer.xml(200, listing.page(request, bucket));
        }
        if (request.method().equals("GET") && request.has("uploads")) {
            return Answer.xml(200, UploadsXml.uploads(request, bucket.uploads().all()));
        }
        throw S3Error.notImplemented(request);
    }
}
