package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The documents that S3 sends and takes. */
final class S3Xml {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private S3Xml() {}

    /** The beginning of a document; the caller ends it. */
    static XmlBytes begin(String root, int capacity) {
        return new XmlBytes(capacity).raw(HEAD + "<" + root + " xmlns=\"" + NAMESPACE + "\">");
    }

    /** The result of a copy, of which the name depends on what was copied. */
    static Content copyResult(String root, StubObject copied) {
        return begin(root, 512)
                .element("LastModified", Times.xml(copied.written()))
                .element("ETag", ObjectHeaders.quotedEtag(copied))
                .raw("</" + root + ">")
                .content();
    }

    /** One part as CompleteMultipartUpload names it; the checksum is empty where it names none. */
    record NamedPart(int number, String etag, String crc32c) {}

    /**
     * @throws S3Error MalformedXML
     */
    static List<NamedPart> parts(byte[] document) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList elements = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(document))
                    .getElementsByTagName("Part");
            List<NamedPart> parts = new ArrayList<>();
            for (int index = 0; index < elements.getLength(); index++) {
                Element part = (Element) elements.item(index);
                parts.add(new NamedPart(
                        Integer.parseInt(text(part, "PartNumber")),
                        text(part, "ETag").replace("\"", ""),
                        text(part, "ChecksumCRC32C")));
            }
            if (!parts.isEmpty()) {
                return parts;
            }
        } catch (SAXException | IOException | ParserConfigurationException | NumberFormatException e) {
            // Told below.
        }
        throw new S3Error(400, "MalformedXML", "The XML you provided was not well-formed or lacks its parts");
    }

    private static String text(Element part, String name) {
        NodeList found = part.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
