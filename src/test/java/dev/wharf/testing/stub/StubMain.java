package dev.wharf.testing.stub;

import java.time.Duration;
import java.util.Arrays;

/**
 * A stub S3 server in a process of its own, for benchmarks; it runs until it is killed. Any key pair is good, and what is
 * uploaded is thrown away. Arguments, in this order where one needs another:
 *
 * <pre>
 * port=9000 keep md5              settings; keep: uploads can be read again; md5: every ETag is one
 * latency=20                      each request waits so many milliseconds
 * bucket=bench                    a bucket, for what follows
 * nested=data/:100,100,100        folders in folders: a million objects
 * flat=flat/:1000000              one folder
 * chain=deep/:50,3                one folder in the other, three objects in each
 * object=big.bin:2147483648       one object of so many bytes
 * </pre>
 */
public final class StubMain {
    private StubOptions options = StubOptions.BENCHMARKS;
    private StubS3 stub;
    private String bucket;

    private StubMain() {}

    public static void main(String[] arguments) {
        StubMain main = new StubMain();
        for (String argument : arguments) {
            main.take(argument);
        }
        System.out.println(main.started().endpoint());
    }

    private void take(String argument) {
        String[] pair = argument.split("=", 2);
        String value = pair.length == 2 ? pair[1] : "";
        switch (pair[0]) {
            case "port" -> options = options.onPort(Integer.parseInt(value));
            case "keep" -> options = options.keeping();
            case "md5" -> options = options.withEveryMd5();
            case "latency" ->
                started()
                        .when(request -> true)
                        .delay(Duration.ofMillis(Integer.parseInt(value)))
                        .always();
            case "bucket" -> {
                bucket = value;
                started().createBucket(bucket);
            }
            case "nested" -> started().tree(bucket, Tree.nested(name(value), numbers(value)));
            case "flat" -> started().tree(bucket, Tree.flat(name(value), numbers(value)[0]));
            case "chain" -> started().tree(bucket, Tree.chain(name(value), numbers(value)[0], numbers(value)[1]));
            case "object" -> started().generated(bucket, name(value), Long.parseLong(numbersOf(value)));
            default -> throw new IllegalArgumentException("Unknown argument " + argument);
        }
    }

    private StubS3 started() {
        if (stub == null) {
            stub = StubS3.start(options);
        }
        return stub;
    }

    private static String name(String value) {
        return value.substring(0, value.lastIndexOf(':'));
    }

    private static String numbersOf(String value) {
        return value.substring(value.lastIndexOf(':') + 1);
    }

    private static int[] numbers(String value) {
        return Arrays.stream(numbersOf(value).split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
