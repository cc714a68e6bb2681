package dev.wharf.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.wharf.testing.Authority;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The store that is measured against: a bucket of generated keys and bytes, which throws away what it is sent. Arguments:
 * the time that each of its answers takes, in milliseconds; and, for TLS, a folder, where the key store of the authority
 * that has signed its certificate is put, and the authority's certificate as {@code authority.pem}.
 */
public final class BenchStub {
    private static final String BUCKET = "bench";
    /** What a page of a listing takes at a store that is some way off. */
    private static final Duration PAGE = Duration.ofMillis(20);

    private BenchStub() {}

    public static void main(String[] arguments) throws IOException {
        StubS3 stub = StubS3.start(
                arguments.length > 1 ? secured(Path.of(arguments[1])) : StubOptions.BENCHMARKS, BUCKET);
        stub.tree(BUCKET, Tree.nested("nested/", 100, 100, 100));
        stub.tree(BUCKET, Tree.flat("flat/", 1_000_000));
        stub.tree(BUCKET, Tree.nested("small/", 10_000).sized(10 << 10));
        stub.tree(BUCKET, Tree.csv("imports/", "id,name\n1,a\n2,b\n".getBytes(US_ASCII), 10, 100, 100));
        stub.on("GET", "prefix=imports").delay(PAGE).always();
        stub.generated(BUCKET, "big.bin", 2L << 30);
        stub.generated(BUCKET, "huge.bin", 5L << 30);
        byte[] result = new byte[100 << 10];
        for (int number = 0; number < 1_000; number++) {
            stub.put(BUCKET, "results/%04d".formatted(number), result);
        }
        stub.put(BUCKET, "result.csv", result);
        stub.tree(BUCKET, Tree.csv("runs/", "id,name\n1,a\n2,b\n".getBytes(US_ASCII), 4));
        if (arguments.length > 0 && !arguments[0].equals("0")) {
            stub.when(request -> true).delay(Duration.ofMillis(Integer.parseInt(arguments[0]))).always();
        }
        System.out.println("ready " + stub.endpoint().getPort());
    }

    private static StubOptions secured(Path folder) throws IOException {
        Authority authority = Authority.in(folder, "ip:127.0.0.1,dns:store");
        Files.writeString(folder.resolve("authority.pem"), authority.pem("authority"));
        return StubOptions.BENCHMARKS.certifiedBy(authority);
    }
}
