package dev.wharf.s3.wire;

import dev.wharf.store.ObjectInfo;
import dev.wharf.store.Restore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the answer to ListObjectsV2 from the wire (AWS, <i>ListObjectsV2: Response Syntax</i>). */
final class ListingReader {
    /** A page of 1,000 objects, all with the longest keys and with owners, has some 5 MB. */
    private static final long MOST_BYTES = 16 << 20;
    /** Ten times what S3 puts on a page. */
    private static final int MOST_ROWS = 10_000;

    /** What can come. */
    sealed interface Answer permits ListingPage, Refusal {}

    /** An error document, although the status says success. */
    record Refusal(String code, String message) implements Answer {}

    private final XmlReader xml;
    private final List<ObjectInfo> objects = new ArrayList<>(1_000);
    private final List<String> folders = new ArrayList<>();
    private boolean encoded;
    private boolean truncated;
    private String nextToken = "";
    private Refusal refusal;
    /** The first object of which the store does not say how large it is. */
    private ObjectInfo unsized;
    // Objects that are listed together are mostly of one class.
    private String storageClass = ObjectInfos.STANDARD;

    private ListingReader(InputStream in) {
        xml = new XmlReader(in, MOST_BYTES);
    }

    /** Reads the stream to its end. */
    static Answer read(InputStream in) throws IOException, MalformedXmlException {
        var reader = new ListingReader(in);
        try {
            return reader.read();
        } catch (IllegalArgumentException e) {
            throw reader.xml.malformed("a key is not encoded as the store says: " + e.getMessage());
        }
    }

    private Answer read() throws IOException, MalformedXmlException {
        xml.next();
        switch (xml.name()) {
            case "ListBucketResult" -> readListing();
            case "Error" -> readError();
            default -> throw xml.malformed("it is no listing: its root is <" + xml.name() + ">");
        }
        xml.next();
        if (refusal != null) {
            return refusal;
        }
        if (unsized != null) {
            // Who lists is not asked what for, and imports, runs and downloads need it.
            throw xml.malformed("it does not say how large "
                    + QuotedText.quoted(encoded ? decoded(unsized.key()) : unsized.key()) + " is");
        }
        decode();
        return new ListingPage(objects, folders, truncated ? nextToken : null);
    }

    private void readListing() throws IOException, MalformedXmlException {
        while (xml.next()) {
            switch (xml.name()) {
                case "Contents" -> add(readObject());
                case "CommonPrefixes" -> readFolder();
                case "IsTruncated" -> truncated = xml.text().is("true");
                case "NextContinuationToken" -> nextToken = xml.text().toString();
                case "EncodingType" -> encoded = xml.text().is("url");
                default -> xml.skip();
            }
            if (objects.size() + folders.size() > MOST_ROWS) {
                throw xml.malformed("there are more than " + MOST_ROWS + " rows on one page");
            }
        }
    }

    private void add(ObjectInfo object) {
        objects.add(object);
        if (object.size() == ObjectInfos.UNKNOWN_SIZE && unsized == null) {
            unsized = object;
        }
    }

    private ObjectInfo readObject() throws IOException, MalformedXmlException {
        String key = null;
        String etag = "";
        long size = ObjectInfos.UNKNOWN_SIZE;
        Instant lastModified = null;
        String itsClass = null;
        Restore restore = null;
        while (xml.next()) {
            switch (xml.name()) {
                case "Key" -> key = xml.text().toString();
                case "Size" -> size = size(xml.text());
                case "ETag" -> etag = xml.text().unquoted();
                case "LastModified" -> lastModified = time(xml.text());
                case "StorageClass" -> itsClass = storageClass(xml.text());
                case "RestoreStatus" -> restore = readRestore();
                default -> xml.skip();
            }
        }
        if (key == null) {
            throw xml.malformed("an object has no key");
        }
        return ObjectInfos.listed(key, size, etag, lastModified, itsClass, restore);
    }

    private static long size(XmlText text) {
        try {
            return text.is("") ? ObjectInfos.UNKNOWN_SIZE : text.number();
        } catch (NumberFormatException e) {
            return ObjectInfos.UNKNOWN_SIZE;
        }
    }

    /** Null for one of a form that is not S3's: times are only shown. */
    private static Instant time(XmlText text) {
        try {
            return text.instant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String storageClass(XmlText text) {
        if (!text.is(storageClass)) {
            storageClass = text.toString();
        }
        return storageClass;
    }

    private Restore readRestore() throws IOException, MalformedXmlException {
        boolean ongoing = false;
        Instant until = null;
        while (xml.next()) {
            switch (xml.name()) {
                case "IsRestoreInProgress" -> ongoing = xml.text().is("true");
                case "RestoreExpiryDate" -> until = time(xml.text());
                default -> xml.skip();
            }
        }
        return ongoing ? new Restore(null) : until == null ? null : new Restore(until);
    }

    private void readFolder() throws IOException, MalformedXmlException {
        while (xml.next()) {
            if (xml.name().equals("Prefix")) {
                folders.add(xml.text().toString());
            } else {
                xml.skip();
            }
        }
    }

    private void readError() throws IOException, MalformedXmlException {
        String code = "";
        String message = "";
        while (xml.next()) {
            switch (xml.name()) {
                case "Code" -> code = xml.text().toString();
                case "Message" -> message = xml.text().toString();
                default -> xml.skip();
            }
        }
        refusal = new Refusal(code, message);
    }

    /** At the end, because some stores say only there that keys are encoded. */
    private void decode() {
        if (encoded) {
            objects.replaceAll(object -> {
                String key = decoded(object.key());
                return key == object.key() ? object : ObjectInfos.renamed(object, key);
            });
            folders.replaceAll(ListingReader::decoded);
        }
    }

    /** As a form is: S3 writes a blank as {@code +} and a plus as {@code %2B}. */
    private static String decoded(String encoded) {
        return encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0
                ? encoded
                : URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
