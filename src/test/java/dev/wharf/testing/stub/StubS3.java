package dev.wharf.testing.stub;

import dev.wharf.store.Credentials;
import dev.wharf.store.Restore;
import dev.wharf.store.StoreAccess;
import dev.wharf.testing.Authority;
import dev.wharf.testing.faulty.Content;
import dev.wharf.testing.faulty.Faults;
import dev.wharf.testing.faulty.Faulty;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * An S3 server of our own, quick and exact, and faulty on demand. It holds any key that S3 can hold, has storage classes,
 * objects of any size and folders of millions without holding them, and answers as AWS S3 does.
 */
public final class StubS3 implements Faulty, StoredObjects, AutoCloseable {
    static final String REGION = "us-east-1";

    // A key of 1,024 bytes, encoded; and S3's 2 KiB of metadata beside all that clients add.
    private static final int LONGEST_LINE = 16 << 10;
    private static final int LONGEST_HEAD = 64 << 10;

    private final Vertx vertx = Vertx.vertx();
    private final String accessKeyId = "AK" + UUID.randomUUID().toString().replace("-", "");
    private final String secretAccessKey = UUID.randomUUID().toString();
    private final StubKeys keys = new StubKeys();
    private final Faults faults;
    private final StubService service;
    private final HttpServer server;
    /** Whose certificate it shows, as PEM; null for one that does not speak TLS. */
    private final String authority;

    private StubS3(StubOptions options) {
        keys.add(accessKeyId, secretAccessKey, null);
        authority = options.authority() == null ? null : options.authority().pem("authority");
        faults = new Faults(vertx, options.recording());
        service = new StubService(vertx, options, options.checksSignatures() ? new SigV4(keys) : null);
        server = vertx.createHttpServer(secured(options.authority())
                        .setMaxInitialLineLength(LONGEST_LINE)
                        .setMaxHeaderSize(LONGEST_HEAD)
                        .setHttp2ClearTextEnabled(false) // as S3, which speaks HTTP/1.1 only
                        .setHandle100ContinueAutomatically(true))
                .requestHandler(request -> {
                    request.pause();
                    faults.meet(request, () -> service.answer(request));
                });
    }

    private static HttpServerOptions secured(Authority authority) {
        var http = new HttpServerOptions();
        return authority == null
                ? http
                : http.setSsl(true)
                        .setSslEngineOptions(new NativeTls())
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(authority.store().toString())
                                .setPassword(Authority.PASSWORD)
                                .setAlias(Authority.SERVER));
    }

    /** A server with these buckets. */
    public static StubS3 start(String... buckets) {
        return start(StubOptions.TESTS, buckets);
    }

    public static StubS3 start(StubOptions options, String... buckets) {
        var stub = new StubS3(options);
        try {
            await(stub.server.listen(options.port(), "127.0.0.1"));
        } catch (IllegalStateException e) {
            stub.close();
            throw e;
        }
        List.of(buckets).forEach(stub::createBucket);
        return stub;
    }

    public URI endpoint() {
        return URI.create((authority != null ? "https" : "http") + "://127.0.0.1:" + server.actualPort());
    }

    public String accessKeyId() {
        return accessKeyId;
    }

    public String secretAccessKey() {
        return secretAccessKey;
    }

    public Credentials credentials() {
        return new Credentials.KeyPair(accessKeyId, secretAccessKey);
    }

    StubKeys keys() {
        return keys;
    }

    /** Takes no longer what is signed with this key. */
    public void endSession(String accessKeyId) {
        keys.end(accessKeyId);
    }

    /** How this server lists. */
    public ListingHabits listing() {
        return service.listing();
    }

    /** The server as base storage sees it. */
    @Override
    public StoreAccess access() {
        return access(null);
    }

    /** The same as a connection sees it. */
    public StoreAccess access(Long connectionId) {
        return new StoreAccess(
                connectionId,
                REGION,
                endpoint(),
                true,
                StoreAccess.Checksums.WHEN_REQUIRED,
                credentials(),
                StoreAccess.Encryption.NONE,
                null,
                authority);
    }

    @Override
    public Faults faults() {
        return faults;
    }

    public void createBucket(String bucket) {
        service.createBucket(bucket);
    }

    /** Millions of objects at once. */
    public void tree(String bucket, Tree tree) {
        bucket(bucket).add(tree);
    }

    /** An object of any size, whose bytes are made when they are read. */
    public void generated(String bucket, String key, long size) {
        generated(bucket, key, size, EtagDigits.etag(31L * key.hashCode() + size));
    }

    /** The same with an ETag that is believed. */
    public void generated(String bucket, String key, long size, String etag) {
        StubObject object = StubObject.of(new GeneratedContent(size, key.hashCode()), etag, Instant.now());
        bucket(bucket).put(key, object, false);
    }

    /** An object whose bytes are elsewhere until they are read, with an ETag that is believed. */
    public void put(String bucket, String key, Content content) {
        String etag = EtagDigits.etag(31L * key.hashCode() + content.size());
        bucket(bucket).put(key, StubObject.of(content, etag, Instant.now()), false);
    }

    /** Puts an object there behind the protocol, so that no fault touches it. */
    @Override
    public void put(String bucket, String key, byte[] bytes) {
        Content content = Content.of(bytes);
        bucket(bucket).put(key, StubObject.of(content, Digests.md5(content), Instant.now()), false);
    }

    @Override
    public byte[] get(String bucket, String key) {
        return bucket(bucket).get(key).content().bytes();
    }

    /** The bytes of an object that is too large to be held. */
    public Content content(String bucket, String key) {
        return bucket(bucket).get(key).content();
    }

    /** As it is sent, without the quotes. */
    public String etag(String bucket, String key) {
        return bucket(bucket).get(key).etag();
    }

    public String contentType(String bucket, String key) {
        return bucket(bucket).get(key).headers().get("content-type");
    }

    public void remove(String bucket, String key) {
        bucket(bucket).remove(key);
    }

    /** Moves an object to another storage class; from GLACIER and DEEP_ARCHIVE it cannot be read. */
    public void archive(String bucket, String key, String storageClass) {
        change(bucket, key, object -> object.withStorageClass(storageClass).withRestore(null));
    }

    /** A copy of an archived object was asked for and is being made. */
    public void restoring(String bucket, String key) {
        change(bucket, key, object -> object.withRestore(new Restore(null)));
    }

    /** A copy of an archived object is there until then, and can be read. */
    public void restored(String bucket, String key, Instant until) {
        change(bucket, key, object -> object.withRestore(new Restore(until)));
    }

    private void change(String bucket, String key, UnaryOperator<StubObject> change) {
        bucket(bucket).put(key, change.apply(bucket(bucket).get(key)), false);
    }

    /** All keys of a bucket, in its order. Not for trees of millions. */
    @Override
    public List<String> keys(String bucket) {
        return bucket(bucket).allKeys();
    }

    /** The keys of uploads that were begun and neither completed nor aborted. */
    @Override
    public List<String> uploads(String bucket) {
        return bucket(bucket).uploads().all().stream().map(StubUpload::key).toList();
    }

    /** The keys of objects in whose place another one was put, by whomever. */
    public List<String> overwritten(String bucket) {
        return List.copyOf(bucket(bucket).overwritten());
    }

    @Override
    public void reset() {
        Faulty.super.reset();
        listing().reset();
    }

    @Override
    public void close() {
        await(vertx.close());
        service.forget(); // tests keep their servers in static fields, for as long as the process lives
    }

    private StubBucket bucket(String name) {
        return service.bucket(name);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The stub S3 server did not start or stop", e);
        }
    }
}
