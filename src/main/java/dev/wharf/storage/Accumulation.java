package dev.wharf.storage;

import dev.wharf.storage.LifecycleReport.Kind;
import dev.wharf.storage.LifecycleReport.Part;
import dev.wharf.store.IncompleteUpload;
import dev.wharf.store.ObjectInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What lies in a bucket, counted by the prefixes that mean something; its size does not grow with the bucket. */
final class Accumulation {
    private final TreeMap<String, Row> rows = new TreeMap<>();

    /** Of one prefix. */
    private static final class Row {
        private final Kind kind;
        private final String prefix;
        private long objects;
        private long bytes;
        private Instant oldest;
        private Instant newest;
        private long uploads;
        private Instant oldestUpload;

        Row(Kind kind, String prefix) {
            this.kind = kind;
            this.prefix = prefix;
        }

        Part part() {
            return new Part(kind, prefix, objects, bytes, oldest, newest, uploads, oldestUpload);
        }
    }

    /** @param kinds by the prefixes; whatever has none of them is {@link Kind#OTHER} */
    Accumulation(Map<String, Kind> kinds) {
        rows.put("", new Row(Kind.OTHER, ""));
        kinds.forEach((prefix, kind) -> rows.put(prefix, new Row(kind, prefix)));
    }

    void add(ObjectInfo object) {
        Row row = of(object.key());
        row.objects++;
        row.bytes += object.size();
        row.oldest = earlier(row.oldest, object.lastModified());
        row.newest = later(row.newest, object.lastModified());
    }

    void add(IncompleteUpload upload) {
        Row row = of(upload.key());
        row.uploads++;
        row.oldestUpload = earlier(row.oldestUpload, upload.begun());
    }

    /** The longest prefix. What sorts right before a key shares with it at least as much as any prefix of it does. */
    private Row of(String key) {
        String candidate = rows.floorKey(key);
        while (!key.startsWith(candidate)) {
            candidate = rows.floorKey(key.substring(0, common(key, candidate)));
        }
        return rows.get(candidate);
    }

    private static int common(String one, String other) {
        int length = 0;
        while (length < one.length() && length < other.length() && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    List<Part> parts() {
        return rows.values().stream().map(Row::part).toList();
    }
}
