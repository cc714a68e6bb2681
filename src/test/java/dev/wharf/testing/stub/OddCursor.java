package dev.wharf.testing.stub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keys in an order that is not that of their bytes. It costs the whole bucket for each page: for small ones only. */
final class OddCursor implements KeyCursor {
    private record Entry(String name, byte[] key, StubObject object) {}

    private final List<Entry> entries;
    private int index;

    /**
     * @param keys all that the bucket shows
     */
    OddCursor(ListingRequest request, SortedCursor keys, Comparator<String> order) {
        // A folder stands for all in it, wherever they would be in that order, and has its place by its own name.
        Map<String, Entry> sorted = new TreeMap<>(order);
        for (keys.seek(request.prefix()); !keys.isAtEnd() && request.hasPrefix(keys); keys.next()) {
            int folder = request.folderLength(keys);
            String name = new String(keys.key(), 0, folder > 0 ? folder : keys.length(), StandardCharsets.UTF_8);
            sorted.putIfAbsent(name, new Entry(name, Arrays.copyOf(keys.key(), keys.length()), keys.object()));
        }
        byte[] position = request.position();
        String from = position == null ? request.startAfter() : new String(position, StandardCharsets.UTF_8);
        entries = sorted.values().stream()
                .filter(entry -> from == null
                        || from.isEmpty()
                        || order.compare(entry.name, from) > 0
                        || position != null && entry.name.equals(from))
                .toList();
    }

    @Override
    public boolean isAtEnd() {
        return index >= entries.size();
    }

    @Override
    public byte[] key() {
        return entries.get(index).key;
    }

    @Override
    public int length() {
        return key().length;
    }

    @Override
    public StubObject object() {
        return entries.get(index).object;
    }

    @Override
    public void next() {
        index++;
    }

    @Override
    public void skip(int length) {
        next();
    }

    @Override
    public byte[] position() {
        return entries.get(index).name.getBytes(StandardCharsets.UTF_8);
    }
}
