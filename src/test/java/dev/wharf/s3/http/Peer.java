package dev.wharf.s3.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The other end of connections, byte by byte: what it does with each request is told beforehand, one after another. */
final class Peer implements AutoCloseable {
    interface Script {
        void play(Line line) throws IOException;
    }

    /** A connection on which the head of a request has just come. */
    record Line(String head, Socket socket, Socket raw) {
        /** Ends it without a farewell, where TLS has one. */
        void hangUp() throws IOException {
            raw.close();
        }

        void say(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        String read(int bytes) throws IOException {
            return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
        }

        /** Waits until the other side has closed, or broken, the connection. */
        void awaitEnd() {
            try {
                while (socket.getInputStream().read() >= 0) {
                    // what is still under way
                }
            } catch (IOException broken) {
                // as when it is aborted
            }
        }
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final List<String> heads = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    private final SSLSocketFactory tls;

    /** @param tls what it speaks TLS by, or null */
    Peer(SSLSocketFactory tls) throws IOException {
        this.tls = tls;
        run(this::accept);
    }

    URI at(String path) {
        return URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + server.getLocalPort() + path);
    }

    Peer then(Script script) {
        scripts.add(script);
        return this;
    }

    Peer thenSay(String answer) {
        return then(line -> line.say(answer));
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = server.accept();
            sockets.add(socket);
            connections.incrementAndGet();
            run(() -> serve(socket));
        }
    }

    private void serve(Socket raw) throws IOException {
        try (Socket socket = tls == null ? raw : secured(raw)) {
            for (String head = head(socket.getInputStream()); head != null; head = head(socket.getInputStream())) {
                Script script = scripts.remove();
                heads.add(head);
                script.play(new Line(head, socket, raw));
            }
        } finally {
            ended.incrementAndGet();
        }
    }

    private Socket secured(Socket raw) throws IOException {
        var socket = (SSLSocket) tls.createSocket(raw, null, raw.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private static String head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private interface Work {
        void perform() throws IOException;
    }

    private static void run(Work work) {
        var thread = new Thread(() -> {
            try {
                work.perform();
            } catch (IOException closed) {
                // by the client, or by the test's end
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
