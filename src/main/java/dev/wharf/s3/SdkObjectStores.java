package dev.wharf.s3;

/**
 * The stores behind accesses, spoken to through the AWS SDK's synchronous client on Apache HttpClient 5.
 *
 * <p>Each access has its own client and connections, so that one slow store cannot starve the others. A changed access
 * counts from the next {@link #open}; what is under way ends with the key pair that it began with.
 */
public final class SdkObjectStores implements ObjectStores {
    private final UploadLedger ledger;
    private final StoreSettings settings;
    private final PartBuffers buffers;
    private final SdkClients clients;

    public SdkObjectStores(UploadLedger ledger, StoreSettings settings) {
        this.ledger = ledger;
        this.settings = settings;
        buffers = new PartBuffers(settings.bufferBytes(), settings.bufferWait());
        clients = new SdkClients(new SdkClientFactory(settings));
    }

    @Override
    public ObjectStore open(StoreAccess access) {
        clients.use(access);
        return new SdkObjectStore(access, clients, ledger, buffers, settings);
    }

    @Override
    public void forget(long connectionId) {
        clients.forget(connectionId);
    }

    @Override
    public void close() {
        clients.close();
    }

    /** Clients that are open. */
    int clients() {
        return clients.size();
    }

    /** Memory for parts that nobody holds, in bytes. */
    long freeBuffers() {
        return buffers.free();
    }
}
