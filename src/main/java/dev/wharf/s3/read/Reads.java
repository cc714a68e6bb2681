package dev.wharf.s3.read;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.ByteRange;
import dev.wharf.store.ObjectStream;
import java.util.function.LongFunction;

/** All that reads objects: what downloads share, whatever their store. */
public final class Reads implements AutoCloseable {
    private final StoreSettings settings;
    private final RangeFetcher fetcher;

    /** In as many ranges at one time as a measurement of each download says. */
    public Reads(StoreSettings settings) {
        this(settings, MeasuredPace::new);
    }

    /** @param paces says how far ahead to fetch, for a size of ranges in bytes */
    public Reads(StoreSettings settings, LongFunction<ReadPace> paces) {
        this.settings = settings;
        this.fetcher = new RangeFetcher(new ReadBuffers(settings.readBytes()), paces);
    }

    /** {@link dev.wharf.store.ObjectStore#read}. The lease is closed with the stream. */
    public ObjectStream read(ClientLease lease, String bucket, String key, String etag, ByteRange range) {
        return new ObjectReader(lease, settings, fetcher, bucket, key, etag, range);
    }

    /** Memory for what is fetched ahead that nobody holds, in bytes. */
    public long freeBytes() {
        return fetcher.freeBytes();
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
