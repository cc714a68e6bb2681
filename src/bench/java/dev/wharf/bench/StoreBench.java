package dev.wharf.bench;

import dev.wharf.store.Credentials;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStore.Order;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.store.StoreAccess;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.UploadLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Does on an {@link ObjectStore} what it is told, a line at a time, and answers each line with the seconds that it took:
 * so one warm process can be measured in alternation with other tools.
 *
 * <p>Arguments: the store's endpoint and a bucket. Lines: {@code walk BY_KEY|ANY <prefix>}, {@code read <key>},
 * {@code write <file> <key>}, {@code write-many <folder> <prefix> <threads>}, {@code read-many <prefix> <threads>},
 * {@code copy <key> <key>}.
 */
public final class StoreBench {
    private final ObjectStore store;
    private final String bucket;

    private StoreBench(ObjectStore store, String bucket) {
        this.store = store;
        this.bucket = bucket;
    }

    public static void main(String[] arguments) throws Exception {
        var access = new StoreAccess(
                null,
                "us-east-1",
                URI.create(arguments[0]),
                true,
                StoreAccess.Checksums.WHEN_REQUIRED,
                new Credentials.KeyPair("bench", "bench-secret"),
                StoreAccess.Encryption.NONE,
                null);
        try (var stores = new SdkObjectStores(new NoLedger(), StoreSettings.defaults());
                var lines = new BufferedReader(new InputStreamReader(System.in))) {
            var bench = new StoreBench(stores.open(access), arguments[1]);
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long start = System.nanoTime();
                String said = bench.perform(line.split(" "));
                System.out.printf("%.4f %s%n", (System.nanoTime() - start) / 1e9, said);
            }
        }
    }

    private String perform(String[] words) throws Exception {
        return switch (words[0]) {
            case "walk" -> walk(words[2], Order.valueOf(words[1])) + " keys";
            case "read" -> read(words[1]) + " bytes";
            case "read-many" -> readMany(words[1], Integer.parseInt(words[2])) + " bytes";
            case "write" -> write(Path.of(words[1]), words[2]) + " bytes";
            case "write-many" -> writeMany(Path.of(words[1]), words[2], Integer.parseInt(words[3])) + " objects";
            case "copy" -> copy(words[1], words[2]) + " bytes";
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private long walk(String prefix, Order order) {
        try (Stream<ObjectInfo> objects = store.walk(bucket, prefix, order)) {
            return objects.count();
        }
    }

    private long read(String key) throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[256 << 10];
        try (var in = store.read(bucket, key, null)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
            }
        }
        return bytes;
    }

    private long readMany(String prefix, int threads) throws Exception {
        List<String> keys;
        try (Stream<ObjectInfo> objects = store.walk(bucket, prefix, Order.BY_KEY)) {
            keys = objects.map(ObjectInfo::key).toList();
        }
        var work = new ArrayList<Work>();
        keys.forEach(key -> work.add(() -> read(key)));
        return sum(work, threads);
    }

    private long write(Path file, String key) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return store.write(bucket, key, in, OptionalLong.of(Files.size(file)), null)
                    .size();
        }
    }

    private long writeMany(Path folder, String prefix, int threads) throws Exception {
        var work = new ArrayList<Work>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> work.add(() -> {
                write(file, prefix + file.getFileName());
                return 1;
            }));
        }
        return sum(work, threads);
    }

    private long copy(String from, String to) {
        return store.copy(bucket, from, null, bucket, to).size();
    }

    private interface Work {
        long perform() throws Exception;
    }

    private static long sum(List<Work> work, int threads) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var results = new ArrayList<Future<Long>>();
            work.forEach(one -> results.add(pool.submit(one::perform)));
            long sum = 0;
            for (Future<Long> result : results) {
                sum += result.get();
            }
            return sum;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Keeps nothing: what a bench leaves behind is gone with its stub. */
    private static final class NoLedger implements UploadLedger {
        @Override
        public long begin(Long connectionId, String bucket, String key) {
            return 0;
        }

        @Override
        public void begun(long entry, String uploadId) {}

        @Override
        public void ended(String bucket, String key, String uploadId) {}

        @Override
        public void ended(long entry) {}

        @Override
        public List<Entry> orphans() {
            return List.of();
        }
    }
}
