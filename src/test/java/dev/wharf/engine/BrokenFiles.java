package dev.wharf.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.file.CodecFactory;

/** Files of every format with bytes that were changed, cut off or doubled; the same ones every time. */
public final class BrokenFiles {
    /** One of them. */
    public record Broken(String name, byte[] content) {}

    private static final long SEED = 20_261_128;
    private static final int MOST_FLIPS = 3;

    private final List<Broken> sound = new ArrayList<>();

    /** @param folder for temporary files */
    public BrokenFiles(Path folder) {
        try {
            texts();
            avro();
            parquet(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The files as they were. */
    public List<Broken> sound() {
        return sound;
    }

    /** The file of a number, whatever was asked for before. */
    public Broken get(int number) {
        var random = new Random(SEED + number);
        random.nextLong();
        var whole = sound.get(number % sound.size());
        byte[] bytes = whole.content();
        int from = random.nextInt(bytes.length);
        int to = from + random.nextInt(bytes.length - from) + 1;
        byte[] broken =
                switch (number / sound.size() % 5) {
                    case 0 -> Arrays.copyOf(bytes, from);
                    case 1 -> joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
                    default -> flipped(bytes.clone(), random);
                };
        return new Broken(number + "-" + whole.name(), broken);
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        for (int flips = 1 + random.nextInt(MOST_FLIPS); flips > 0; flips--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? (byte) (bytes[at] ^ 1 << random.nextInt(8)) : (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first);
        bytes.writeBytes(second);
        return bytes.toByteArray();
    }

    private void texts() throws IOException {
        var weather = RunFolder.sample("seattle-weather.csv").lines().limit(20).collect(Collectors.joining("\n"));
        var quoted = "id;name;note\r\n1;\"é; \"\"x\"\"\";\r\n2;;\"two\r\nlines\"\r\n3;ö;-\r\n";
        var lines = "{\"id\":1,\"a\":{\"b\":[1.5,null,\"é\\n\"]}}\n{\"id\":2,\"A\":true,\"\":\"😀\"}\n{\"id\":-3e2}\n";
        var array = RunFolder.sample("flights-200.json");
        array = array.substring(0, array.indexOf('}', 600) + 1) + "]";
        add("weather.csv", weather);
        add("quoted.csv", quoted);
        add("tabs.tsv", "a\tb\n1\tx\n2\ty\n");
        add("lines.jsonl", lines);
        add("array.json", array);
        add("array.json.gz", Packed.GZIP.pack(array));
        add("lines.json.zst", Packed.ZSTD.pack(lines));
        add("weather.csv.gz", Packed.GZIP.pack(weather));
    }

    private void avro() {
        add("plain.avro", AvroFiles.numbered(25, CodecFactory.nullCodec()));
        add("deflate.avro", AvroFiles.numbered(25, CodecFactory.deflateCodec(6)));
        add("snappy.avro", AvroFiles.numbered(25, AvroFiles.snappy()));
        var schema = AvroFiles.schema("""
                {"type": "record", "name": "r", "fields": [
                  {"name": "f", "type": ["null", "float"]},
                  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                  {"name": "list", "type": {"type": "array", "items": ["null", "string", "double"]}},
                  {"name": "map", "type": {"type": "map", "values": {"type": "int", "logicalType": "date"}}}
                ]}""");
        add(
                "nested.avro",
                AvroFiles.of(
                        schema,
                        IntStream.range(0, 10)
                                .mapToObj(i -> AvroFiles.record(
                                        schema,
                                        i * 0.1f,
                                        1_577_836_800_123_456L * i,
                                        Arrays.asList("é", null, Double.NaN),
                                        java.util.Map.of("k", i, "l", -i)))
                                .toList()));
    }

    private void parquet(Path folder) throws IOException, SQLException {
        var plain = "SELECT range AS id, 'name ' || range AS name, range * 0.1::FLOAT AS f FROM range(40)";
        var nested =
                "SELECT [range, NULL] AS l, {'a': range::DOUBLE, 'B': 'é'} AS s, MAP {'k': DATE '2026-01-01'} AS m,"
                        + " TIMESTAMP '2026-01-01' AS t, 1.5::DECIMAL(20, 2) AS d, 'ab'::BLOB AS b FROM range(20)";
        for (var codec : List.of("uncompressed", "snappy", "zstd", "gzip", "lz4_raw")) {
            var sql = codec.equals("uncompressed") || codec.equals("zstd") ? nested : plain;
            var file = folder.resolve(codec + ".parquet");
            RunFolder.query("COPY (" + sql + ") TO '" + file + "' (FORMAT parquet, COMPRESSION " + codec + ")");
            add(file.getFileName().toString(), Files.readAllBytes(file));
            Files.delete(file);
        }
        add("pages.parquet", ParquetFile.numbers(2, 60, 30, 10));
    }

    private void add(String name, String content) {
        add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void add(String name, byte[] content) {
        sound.add(new Broken(name, content));
    }
}
