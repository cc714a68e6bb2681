package dev.wharf.s3.wire;

/** A document that is not well-formed XML, or larger than any that a store has reason to send. */
public final class MalformedXmlException extends Exception {
    private final boolean cutOff;

    MalformedXmlException(String what, long offset) {
        this(what, offset, false);
    }

    private MalformedXmlException(String what, long offset, boolean cutOff) {
        super("malformed XML: " + what + ", at byte " + offset);
        this.cutOff = cutOff;
    }

    static MalformedXmlException cutOff(long offset) {
        return new MalformedXmlException("it ends too early", offset, true);
    }

    /** Whether it was good as far as it came, so that another try may bring the rest. */
    boolean isCutOff() {
        return cutOff;
    }
}
