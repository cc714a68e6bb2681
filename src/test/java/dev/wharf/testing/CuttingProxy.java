package dev.wharf.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a service, and cuts the line, or lets nothing more through, once so much was sent. */
public final class CuttingProxy implements AutoCloseable {
    private enum Fault {
        CUT,
        HOLD
    }

    private final ServerSocket server;
    private final URI target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** Bytes that may still be sent before the fault. */
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

    private volatile Fault fault;

    public CuttingProxy(URI target) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.target = target;
        threads.execute(this::accept);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Cuts the line on which the last of so many bytes is sent, once. */
    public void cutAfter(long bytes) {
        fault = Fault.CUT;
        left.set(bytes);
    }

    /** Lets nothing through behind so many bytes, until {@link #release}. */
    public void holdAfter(long bytes) {
        fault = Fault.HOLD;
        left.set(bytes);
    }

    public synchronized void release() {
        left.set(Long.MAX_VALUE);
        notifyAll();
    }

    public boolean hasMet() {
        return left.get() == Long.MAX_VALUE || left.get() <= 0;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket service = new Socket(target.getHost(), target.getPort());
                threads.execute(() -> pump(client, service, true));
                threads.execute(() -> pump(service, client, false));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void pump(Socket from, Socket to, boolean counted) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 << 10];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                if (counted && left.addAndGet(-count) <= 0) {
                    if (fault == Fault.CUT) {
                        left.set(Long.MAX_VALUE);
                        return;
                    }
                    await();
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // the other side has gone
        }
    }

    private synchronized void await() {
        try {
            while (left.get() <= 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
