package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import java.util.List;
import java.util.Map;

/** What is told of multipart uploads. */
final class UploadsXml {
    private static final int PAGE = 1_000;

    private UploadsXml() {}

    static Content begun(String bucket, StubUpload upload) {
        return S3Xml.begin("InitiateMultipartUploadResult", 512)
                .element("Bucket", bucket)
                .element("Key", upload.key())
                .element("UploadId", upload.id())
                .raw("</InitiateMultipartUploadResult>")
                .content();
    }

    static Content completed(String bucket, String key, String etag) {
        return S3Xml.begin("CompleteMultipartUploadResult", 512)
                .element("Location", "/" + bucket + "/" + key)
                .element("Bucket", bucket)
                .element("Key", key)
                .element("ETag", etag.isEmpty() ? "" : "\"" + etag + "\"")
                .raw("</CompleteMultipartUploadResult>")
                .content();
    }

    /** ListMultipartUploads: by prefix, and page by page. */
    static Content uploads(StubRequest request, List<StubUpload> all) {
        String prefix = request.queryOr("prefix", "");
        String keyMarker = request.queryOr("key-marker", "");
        String idMarker = request.queryOr("upload-id-marker", "");
        boolean encoded = "url".equals(request.query("encoding-type"));
        int most = pageSize(request, "max-uploads");
        List<StubUpload> rest = all.stream()
                .filter(upload -> upload.key().startsWith(prefix) && isBehind(upload, keyMarker, idMarker))
                .toList();
        List<StubUpload> page = rest.subList(0, Math.min(most, rest.size()));
        boolean truncated = page.size() < rest.size();
        XmlBytes xml = S3Xml.begin("ListMultipartUploadsResult", 1_024)
                .element("Bucket", request.bucket())
                .element("Prefix", prefix, encoded)
                .element("KeyMarker", keyMarker, encoded)
                .element("UploadIdMarker", idMarker);
        if (truncated && !page.isEmpty()) {
            StubUpload last = page.get(page.size() - 1);
            xml.element("NextKeyMarker", last.key(), encoded).element("NextUploadIdMarker", last.id());
        }
        xml.element("MaxUploads", most).element("IsTruncated", truncated);
        if (encoded) {
            xml.element("EncodingType", "url");
        }
        for (StubUpload upload : page) {
            xml.raw("<Upload>")
                    .element("Key", upload.key(), encoded)
                    .element("UploadId", upload.id())
                    .element("StorageClass", upload.begun().storageClass())
                    .element("Initiated", Times.xml(upload.initiated()))
                    .raw("</Upload>");
        }
        return xml.raw("</ListMultipartUploadsResult>").content();
    }

    private static boolean isBehind(StubUpload upload, String keyMarker, String idMarker) {
        int order = StubBucket.BY_BYTES.compare(upload.key(), keyMarker);
        return order > 0 || order == 0 && !idMarker.isEmpty() && upload.id().compareTo(idMarker) > 0;
    }

    /** ListParts. */
    static Content parts(StubRequest request, StubUpload upload) {
        int marker = S3Error.number("part-number-marker", request.queryOr("part-number-marker", "0"));
        int most = pageSize(request, "max-parts");
        List<Map.Entry<Integer, StubObject>> page = upload.parts().tailMap(marker, false).entrySet().stream()
                .limit(most)
                .toList();
        int last = page.isEmpty() ? marker : page.get(page.size() - 1).getKey();
        XmlBytes xml = S3Xml.begin("ListPartsResult", 1_024)
                .element("Bucket", request.bucket())
                .element("Key", upload.key())
                .element("UploadId", upload.id())
                .element("PartNumberMarker", marker)
                .element("NextPartNumberMarker", last)
                .element("MaxParts", most)
                .element("IsTruncated", !upload.parts().tailMap(last, false).isEmpty())
                .element("StorageClass", upload.begun().storageClass());
        page.forEach(entry -> xml.raw("<Part>")
                .element("PartNumber", entry.getKey())
                .element("LastModified", Times.xml(entry.getValue().written()))
                .element("ETag", ObjectHeaders.quotedEtag(entry.getValue()))
                .element("Size", entry.getValue().content().size())
                .raw("</Part>"));
        return xml.raw("</ListPartsResult>").content();
    }

    private static int pageSize(StubRequest request, String parameter) {
        return Math.min(PAGE, S3Error.number(parameter, request.queryOr(parameter, String.valueOf(PAGE))));
    }
}
