package dev.wharf.testing.stub;

import dev.wharf.store.Restore;
import dev.wharf.testing.faulty.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One page of a listing, written key by key. It costs what is on it, whatever the bucket holds. */
final class ListingXml {
    private static final byte[] CONTENTS = XmlBytes.ascii("<Contents><Key>");
    private static final byte[] FOLDER = XmlBytes.ascii("<CommonPrefixes><Prefix>");
    private static final byte[] FOLDER_END = XmlBytes.ascii("</Prefix></CommonPrefixes>");
    private static final String ETAG = "<ETag>&quot;";
    private static final int BYTES_PER_KEY = 300;

    private final ListingRequest request;
    private final KeyCursor keys;
    private final XmlBytes objects;
    private final XmlBytes folders = new XmlBytes(256);
    private int count;
    private byte[] next;

    private ListingXml(ListingRequest request, KeyCursor keys) {
        this.request = request;
        this.keys = keys;
        objects = new XmlBytes(request.maxKeys() * BYTES_PER_KEY);
    }

    static Content page(ListingRequest request, KeyCursor keys) {
        var page = new ListingXml(request, keys);
        page.fill();
        return Content.joined(List.of(page.head(), page.objects.content(), page.folders.content(), end()));
    }

    private void fill() {
        for (int left = request.maxKeys(); left > 0 && isListed(); left--) {
            count++;
            int folder = request.folderLength(keys);
            if (folder > 0) {
                folders.raw(FOLDER).text(keys.key(), folder, request.encoded()).raw(FOLDER_END);
                keys.skip(folder);
            } else {
                objects.raw(CONTENTS).text(keys.key(), keys.length(), request.encoded());
                keys.describe(objects, request.withRestore());
                keys.next();
            }
        }
        next = count > 0 && isListed() ? keys.position() : null;
    }

    private boolean isListed() {
        return !keys.isAtEnd() && request.hasPrefix(keys);
    }

    private Content head() {
        XmlBytes xml = S3Xml.begin("ListBucketResult", 1_024).element("Name", request.bucket());
        text(xml, "Prefix", request.prefix());
        if (request.startAfter() != null) {
            text(xml, "StartAfter", request.startAfter().getBytes(StandardCharsets.UTF_8));
        }
        if (request.token() != null) {
            xml.element("ContinuationToken", request.token());
        }
        if (next != null) {
            xml.element("NextContinuationToken", PageToken.of(next));
        }
        xml.element("KeyCount", count).element("MaxKeys", request.maxKeys());
        if (request.delimiter().length > 0) {
            text(xml, "Delimiter", request.delimiter());
        }
        if (request.encoded()) {
            xml.element("EncodingType", "url");
        }
        return xml.element("IsTruncated", next != null).content();
    }

    private void text(XmlBytes xml, String name, byte[] text) {
        xml.raw("<" + name + ">").text(text, text.length, request.encoded()).raw("</" + name + ">");
    }

    private static Content end() {
        return Content.of("</ListBucketResult>");
    }

    /** What follows an object's key. */
    static void describe(XmlBytes xml, StubObject object, boolean withRestore) {
        xml.raw("</Key><LastModified>" + Times.xml(object.written()) + "</LastModified>" + ETAG + object.etag()
                + "&quot;</ETag><Size>" + object.content().size() + "</Size><StorageClass>" + object.storageClass()
                + "</StorageClass>");
        Restore restore = object.restore();
        if (withRestore && restore != null) {
            xml.raw("<RestoreStatus><IsRestoreInProgress>" + restore.isOngoing() + "</IsRestoreInProgress>"
                    + (restore.isOngoing()
                            ? ""
                            : "<RestoreExpiryDate>" + Times.xml(restore.until()) + "</RestoreExpiryDate>")
                    + "</RestoreStatus>");
        }
        xml.raw("</Contents>");
    }

    /** Where the ETag begins in a description. */
    static int etagAt(String description) {
        return description.indexOf(ETAG) + ETAG.length();
    }
}
