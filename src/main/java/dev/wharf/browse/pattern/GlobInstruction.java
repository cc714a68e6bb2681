package dev.wharf.browse.pattern;

/** A step of a {@link GlobPattern}: takes one character and goes on to the next step, or forks without taking any. */
interface GlobInstruction {
    /** Stands where a glob has matched, and where it can match no more. */
    GlobInstruction STOP = character -> false;

    GlobInstruction ANY = character -> true;
    GlobInstruction ANY_BUT_SLASH = character -> character != '/';

    boolean takes(int character);

    record Literal(int wanted) implements GlobInstruction {
        @Override
        public boolean takes(int character) {
            return character == wanted;
        }
    }

    /** Goes on in two places; a jump, where they are the same. */
    record Fork(int left, int right) implements GlobInstruction {
        @Override
        public boolean takes(int character) {
            return false;
        }
    }

    /**
     * One character of a set; a slash is never one.
     *
     * @param ranges first and last characters, in turn
     * @param eitherCase whether a small letter is in it where its capital is
     */
    record Set(int[] ranges, boolean negated, boolean eitherCase) implements GlobInstruction {
        @Override
        public boolean takes(int character) {
            boolean isIn = holds(character) || eitherCase && holds(Character.toUpperCase(character));
            return character != '/' && isIn != negated;
        }

        private boolean holds(int character) {
            for (int i = 0; i < ranges.length; i += 2) {
                if (character >= ranges[i] && character <= ranges[i + 1]) {
                    return true;
                }
            }
            return false;
        }
    }
}
