package dev.wharf.engine.structure;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/** The files that have not been looked into yet, of all there are; without those of 0 bytes. */
final class OtherMembers implements Iterator<Member> {
    private final Iterator<Member> all;
    private final Set<Long> known;
    private Member next;

    /** @param known the numbers of those that have been looked into */
    OtherMembers(Iterator<Member> all, Set<Long> known) {
        this.all = all;
        this.known = known;
    }

    @Override
    public boolean hasNext() {
        while (next == null && all.hasNext()) {
            var candidate = all.next();
            next = candidate.size() == 0 || known.contains(candidate.number()) ? null : candidate;
        }
        return next != null;
    }

    @Override
    public Member next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var given = next;
        next = null;
        return given;
    }
}
