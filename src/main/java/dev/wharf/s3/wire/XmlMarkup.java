package dev.wharf.s3.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Where the pieces of XML's markup end, in a buffer that holds them whole. */
final class XmlMarkup {
    static final byte[] CHARACTER_DATA = "<![CDATA[".getBytes(US_ASCII);
    private static final byte[] CHARACTER_DATA_END = "]]>".getBytes(US_ASCII);
    private static final byte[] COMMENT = "<!--".getBytes(US_ASCII);
    private static final byte[] COMMENT_END = "-->".getBytes(US_ASCII);
    private static final byte[] INSTRUCTION = "<?".getBytes(US_ASCII);
    private static final byte[] INSTRUCTION_END = "?>".getBytes(US_ASCII);
    private static final boolean[] OF_NAMES = charactersOfNames();

    private XmlMarkup() {}

    static boolean isBlank(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    static boolean isCharacterData(XmlBytes bytes, int index) {
        return startsWith(bytes, index, CHARACTER_DATA);
    }

    /** Behind the comment, the processing instruction or the character data that begins here. */
    static int end(XmlBytes bytes, int index) throws MalformedXmlException {
        if (startsWith(bytes, index, COMMENT)) {
            return behind(bytes, index + COMMENT.length, COMMENT_END);
        }
        if (startsWith(bytes, index, INSTRUCTION)) {
            return behind(bytes, index + INSTRUCTION.length, INSTRUCTION_END);
        }
        if (startsWith(bytes, index, CHARACTER_DATA)) {
            return behind(bytes, index + CHARACTER_DATA.length, CHARACTER_DATA_END);
        }
        // Cut off within the first characters of one of these, it is not yet known to be something else.
        bytes.at(index + CHARACTER_DATA.length - 1);
        throw bytes.malformed(
                bytes.at(index + 1) == '!'
                        ? "it has a document type declaration, which is never read"
                        : "an element is where text should be");
    }

    static int blanksEnd(XmlBytes bytes, int index) throws MalformedXmlException {
        int end = index;
        while (isBlank(bytes.at(end))) {
            end++;
        }
        return end;
    }

    /** Behind the name that begins here. */
    static int nameEnd(XmlBytes bytes, int index) throws MalformedXmlException {
        int end = index;
        while (isOfName(bytes.at(end))) {
            end++;
        }
        byte first = bytes.at(index);
        if (end == index || first == '-' || first == '.' || first >= '0' && first <= '9') {
            throw bytes.malformed("a name is missing");
        }
        return end;
    }

    /** At the {@code >} or {@code />} behind the attributes. */
    static int attributesEnd(XmlBytes bytes, int index) throws MalformedXmlException {
        int end = index;
        while (true) {
            int next = blanksEnd(bytes, end);
            if (bytes.at(next) == '>' || bytes.at(next) == '/') {
                return next;
            }
            if (next == end) {
                throw bytes.malformed("a blank is missing before an attribute");
            }
            next = blanksEnd(bytes, nameEnd(bytes, next));
            if (bytes.at(next) != '=') {
                throw bytes.malformed("an attribute has no value");
            }
            next = blanksEnd(bytes, next + 1);
            byte quote = bytes.at(next);
            if (quote != '"' && quote != '\'') {
                throw bytes.malformed("an attribute's value is not in quotes");
            }
            end = next + 1;
            while (bytes.at(end) != quote) {
                if (bytes.at(end) == '<') {
                    throw bytes.malformed("an attribute's value is not closed");
                }
                end++;
            }
            end++;
        }
    }

    private static int behind(XmlBytes bytes, int index, byte[] closing) throws MalformedXmlException {
        int end = index;
        while (!startsWith(bytes, end, closing)) {
            bytes.at(end + closing.length);
            end++;
        }
        return end + closing.length;
    }

    static boolean isOfName(byte character) {
        return OF_NAMES[character & 0xff];
    }

    private static boolean[] charactersOfNames() {
        boolean[] characters = new boolean[256];
        for (int character = 0; character < characters.length; character++) {
            characters[character] =
                    character >= 0x80 || Character.isLetterOrDigit(character) || "_:-.".indexOf(character) >= 0;
        }
        return characters;
    }

    static boolean startsWith(XmlBytes bytes, int index, byte[] start) {
        if (index + start.length > bytes.limit) {
            return false;
        }
        // Not Arrays.equals, which is for longer ones.
        for (int offset = 0; offset < start.length; offset++) {
            if (bytes.buffer[index + offset] != start[offset]) {
                return false;
            }
        }
        return true;
    }
}
