package dev.wharf.s3.list;

import dev.wharf.s3.list.KeyRanges.Aim;
import dev.wharf.s3.list.KeyRanges.Fetch;
import dev.wharf.s3.wire.ListingPage;
import dev.wharf.store.ObjectInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** A store that lists keys in some order of its own, and workers that ask it for pages; a seed says who is how fast. */
public final class SimulatedListing {
    public static final String PREFIX = "p/";

    private final Random random;
    private final TreeSet<String> keys;
    private final int pageSize;
    private KeyRanges ranges = ranges(false);
    private int room = Integer.MAX_VALUE;
    private final List<String> found = new ArrayList<>();
    private boolean ignoringStartAfter;
    private boolean sendingEmptyPages;
    private boolean failingProbes;
    private Runnable meanwhile = () -> {};
    private int requests;
    private int splits;
    private int rounds;

    public SimulatedListing(Comparator<String> order, Collection<String> content, int pageSize, long seed) {
        random = new Random(seed);
        keys = new TreeSet<>(order);
        keys.addAll(content);
        this.pageSize = pageSize;
    }

    private static KeyRanges ranges(boolean inOrder) {
        return new KeyRanges(PREFIX, true, inOrder, new ListingFaults("s3://b/" + PREFIX));
    }

    /** With so many pages in memory at most, but for the one that is waited for. */
    public SimulatedListing inOrder(int pages) {
        ranges = ranges(true);
        room = pages;
        return this;
    }

    public SimulatedListing ignoringStartAfter() {
        ignoringStartAfter = true;
        return this;
    }

    public SimulatedListing sendingEmptyPages() {
        sendingEmptyPages = true;
        return this;
    }

    public SimulatedListing failingProbes() {
        failingProbes = true;
        return this;
    }

    /** Between two answers, somebody else writes or deletes. */
    public SimulatedListing meanwhile(Runnable change) {
        meanwhile = change;
        return this;
    }

    /** The store's keys, to be changed at will. */
    public TreeSet<String> keys() {
        return keys;
    }

    public List<String> found() {
        return found;
    }

    public boolean isOdd() {
        return ranges.isOdd();
    }

    public int requests() {
        return requests;
    }

    public int splits() {
        return splits;
    }

    /** How long it took, if all answers take equally long. */
    public int rounds() {
        return rounds;
    }

    /** Answers come in in any order. */
    public SimulatedListing walk(int workers) {
        List<Fetch> underWay = new ArrayList<>();
        List<ListingPage> answers = new ArrayList<>();
        while (!ranges.isDone()) {
            Fetch next = underWay.size() < workers ? next() : null;
            if (next != null) {
                underWay.add(next);
                answers.add(answer(next));
            }
            if (next == null || random.nextInt(4) == 0) {
                int which = random.nextInt(underWay.size());
                accept(underWay.remove(which), answers.remove(which));
                meanwhile.run();
            }
        }
        return this;
    }

    /** All answers come in at one time. */
    public SimulatedListing walkInStep(int workers) {
        while (!ranges.isDone()) {
            List<Fetch> underWay = new ArrayList<>();
            for (Fetch next = next(); next != null; next = underWay.size() < workers ? next() : null) {
                underWay.add(next);
            }
            rounds++;
            underWay.forEach(fetch -> accept(fetch, answer(fetch)));
        }
        return this;
    }

    private Fetch next() {
        Fetch next = room > 0 ? ranges.next() : ranges.nextToRead();
        room -= next == null ? 0 : 1;
        return next;
    }

    private void accept(Fetch fetch, ListingPage page) {
        if (fetch.aim() == Aim.SPLIT && failingProbes && random.nextBoolean()) {
            ranges.giveUpSplitting(fetch);
            room++;
            return;
        }
        boolean kept = ranges.accept(fetch, page, PageOrder.of(page.objects()));
        room += kept ? 0 : 1;
        splits += fetch.aim() == Aim.SPLIT && kept ? 1 : 0;
        for (var objects = ranges.take(); objects != null; objects = ranges.take()) {
            objects.forEach(object -> found.add(object.key()));
            room++;
        }
    }

    private ListingPage answer(Fetch fetch) {
        requests++;
        String after = fetch.token() != null
                ? fetch.token().substring(1)
                : ignoringStartAfter || fetch.startAfter() == null ? "" : fetch.startAfter();
        var rest = after.isEmpty() ? keys : keys.tailSet(after, false);
        if (sendingEmptyPages && random.nextInt(3) == 0 && !("e" + after).equals(fetch.token())) {
            return new ListingPage(List.of(), List.of(), "e" + after);
        }
        List<ObjectInfo> objects = new ArrayList<>();
        for (String key : rest) {
            if (objects.size() == pageSize) {
                return new ListingPage(
                        objects, List.of(), "t" + objects.get(pageSize - 1).key());
            }
            objects.add(new ObjectInfo(key, 1, "", Instant.EPOCH, "STANDARD", false, null));
        }
        return new ListingPage(objects, List.of(), null);
    }
}
