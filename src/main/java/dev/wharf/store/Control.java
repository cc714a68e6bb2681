package dev.wharf.store;

/**
 * A request to a store that moves no bytes, such as to restore an archived object. Whoever speaks to the store makes and
 * carries it out; for all between, who decide whether it may pass, it says what it is and what it is about.
 *
 * @param <T> the answer
 */
public interface Control<T> {
    /** What can be asked. */
    enum Kind {
        /** Only of what a test of a connection has put there: nothing else is ever deleted. */
        DELETE("deleteObject"),
        /** A copy of an archived object, readable for some days. */
        RESTORE("restoreObject");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As the audit trail names it. */
        public String label() {
            return label;
        }
    }

    Kind kind();

    String bucket();

    String key();
}
