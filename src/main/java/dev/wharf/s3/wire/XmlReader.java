package dev.wharf.s3.wire;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the XML that S3 stores send, element by element, in memory that does not grow with the document. After {@link
 * #next} has entered an element, exactly one of {@link #text}, {@link #skip} and a loop over {@code next} reads it to its
 * end:
 *
 * <pre>{@code
 * while (xml.next()) {
 *     switch (xml.name()) {
 *         case "Key" -> key = xml.text().toString();
 *         default -> xml.skip();
 *     }
 * }
 * }</pre>
 *
 * <p>Namespaces and attributes carry nothing in this protocol: they are passed over. A document type declaration is
 * refused, and with it all entities but the five that XML knows. References to control characters are taken although XML
 * 1.0 forbids them, because stores send them.
 */
final class XmlReader {
    private static final int DEEPEST = 32;

    private final XmlBytes bytes;
    private final XmlName.Table names = new XmlName.Table();
    private final XmlText text = new XmlText();
    private final XmlName[] open = new XmlName[DEEPEST];
    private int depth;
    private boolean begun;
    /** Whether the element that was entered last is of the form {@code <a/>}. */
    private boolean empty;

    /** @param most the size in bytes above which the document is refused */
    XmlReader(InputStream in, long most) {
        bytes = new XmlBytes(in, most);
    }

    /** The name of the element that was entered last, without its prefix. */
    String name() {
        return open[depth - 1].local();
    }

    MalformedXmlException malformed(String what) {
        return bytes.malformed(what);
    }

    /**
     * Enters the next element inside the present one; at its end leaves it. Outside of all, enters the root, or reads
     * to the end of the stream.
     *
     * @return whether an element was entered
     */
    boolean next() throws IOException, MalformedXmlException {
        if (empty) {
            empty = false;
            depth--;
            return false;
        }
        while (skipText()) {
            int start = bytes.position;
            switch (bytes.at(start + 1)) {
                case '/' -> {
                    endTag(start);
                    return false;
                }
                case '!', '?' -> bytes.position = XmlMarkup.end(bytes, start);
                default -> {
                    startTag(start);
                    return true;
                }
            }
        }
        if (depth > 0 || !begun) {
            throw bytes.cutOff();
        }
        return false;
    }

    /** Leaves the element that was entered last, with all that is in it. */
    void skip() throws IOException, MalformedXmlException {
        int level = depth;
        while (depth >= level) {
            next();
        }
    }

    /** The text of the element that was entered last, which must not have elements in it; leaves it. */
    XmlText text() throws IOException, MalformedXmlException {
        if (empty) {
            empty = false;
            depth--;
            return text.set(bytes.buffer, 0, 0);
        }
        bytes.ensure();
        byte[] buffer = bytes.buffer;
        int from = bytes.position;
        int index = from;
        while (index < bytes.limit && buffer[index] != '<' && buffer[index] != '&') {
            index++;
        }
        // From here on the text is moved together where it lies: what stands for a character is longer than it.
        int to = index;
        while (true) {
            byte current = bytes.at(index);
            if (current == '&') {
                int end = XmlReferences.end(bytes, index);
                to = XmlReferences.resolve(bytes, index, to);
                index = end;
            } else if (current != '<') {
                buffer[to++] = current;
                index++;
            } else if (bytes.at(index + 1) == '/') {
                endTag(index);
                return text.set(buffer, from, to);
            } else {
                int end = XmlMarkup.end(bytes, index);
                if (XmlMarkup.isCharacterData(bytes, index)) {
                    int length = end - index - XmlMarkup.CHARACTER_DATA.length - 3;
                    System.arraycopy(buffer, index + XmlMarkup.CHARACTER_DATA.length, buffer, to, length);
                    to += length;
                }
                index = end;
            }
        }
    }

    /** To the next tag. Between elements, text is of no interest; outside of the root there may be none. */
    private boolean skipText() throws IOException, MalformedXmlException {
        while (bytes.ensure()) {
            for (int index = bytes.position; index < bytes.limit; index++) {
                if (bytes.buffer[index] == '<') {
                    bytes.position = index;
                    return bytes.ensure();
                }
                if (depth == 0 && !XmlMarkup.isBlank(bytes.buffer[index])) {
                    throw malformed("it is not XML: text outside of the root element");
                }
            }
            bytes.position = bytes.limit;
        }
        return false;
    }

    private void startTag(int start) throws MalformedXmlException {
        XmlName name = names.read(bytes, start + 1);
        if (depth == 0 && begun || depth == DEEPEST) {
            throw malformed(depth == 0 ? "there is a second root element" : "elements are nested too deeply");
        }
        begun = true;
        open[depth++] = name;
        int end = XmlMarkup.attributesEnd(bytes, start + 1 + name.qualified().length);
        empty = bytes.at(end) == '/';
        if (empty && bytes.at(end + 1) != '>') {
            throw malformed("'>' is missing");
        }
        bytes.position = end + (empty ? 2 : 1);
    }

    private void endTag(int start) throws MalformedXmlException {
        int end = depth == 0 ? -1 : open[depth - 1].end(bytes, start + 2);
        if (end < 0) {
            throw malformed("an end tag does not match its start tag");
        }
        end = XmlMarkup.blanksEnd(bytes, end);
        if (bytes.at(end) != '>') {
            throw malformed("'>' is missing");
        }
        bytes.position = end + 1;
        depth--;
    }
}
