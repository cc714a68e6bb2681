package dev.wharf.s3;

/** A document that is not well-formed XML, or larger than any that a store has reason to send. */
final class MalformedXmlException extends Exception {
    MalformedXmlException(String what, long offset) {
        super("malformed XML: " + what + ", at byte " + offset);
    }
}
