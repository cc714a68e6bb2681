package dev.wharf.engine.structure;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Which of any number of files are looked into: the first, the last and a hundred in between, the same ones each time,
 * chosen while the files pass by. Those of 0 bytes tell nothing and are counted apart. Not safe for use by several
 * threads.
 */
public final class StructureSample {
    private static final int AMONG = 100;
    private static final int NAMED = 100;

    private record Ranked(long rank, Member member) {
        private static final Comparator<Ranked> LAST_FIRST = Comparator.comparingLong(Ranked::rank)
                .thenComparing(ranked -> ranked.member().key())
                .reversed();
    }

    private final PriorityQueue<Ranked> among = new PriorityQueue<>(Ranked.LAST_FIRST);
    private final List<String> empty = new ArrayList<>();
    private Member first;
    private Member last;
    private long files;
    private long emptyFiles;

    public void add(Member member) {
        files++;
        if (member.size() == 0) {
            emptyFiles++;
            if (empty.size() < NAMED) {
                empty.add(member.key());
            }
            return;
        }
        if (first == null) {
            first = member;
        } else {
            if (last != null) {
                rank(last);
            }
            last = member;
        }
    }

    private void rank(Member member) {
        among.add(new Ranked(hash(member.key()), member));
        if (among.size() > AMONG) {
            among.remove();
        }
    }

    /** The same for a key at all times, and for those of a folder without a pattern: FNV-1a, mixed once more. */
    private static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (byte one : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ one) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return hash ^ hash >>> 33;
    }

    /** In their order. */
    List<Member> chosen() {
        var chosen = new ArrayList<Member>();
        if (first != null) {
            chosen.add(first);
        }
        among.stream()
                .map(Ranked::member)
                .sorted(Comparator.comparingLong(Member::number))
                .forEach(chosen::add);
        if (last != null) {
            chosen.add(last);
        }
        return chosen;
    }

    /** How many there are, of any size. */
    long files() {
        return files;
    }

    /** How many have 0 bytes. */
    long emptyFiles() {
        return emptyFiles;
    }

    /** The first hundred of them. */
    List<String> empty() {
        return empty;
    }
}
