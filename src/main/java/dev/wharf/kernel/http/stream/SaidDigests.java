package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a client says that the bytes of a body are: {@code Content-MD5} (RFC 1864), and {@code Content-Digest} or
 * {@code Repr-Digest} (RFC 9530) by SHA-256 or SHA-512.
 */
public final class SaidDigests {
    private static final String CONTENT_MD5 = "Content-MD5";
    private static final List<String> DIGEST_FIELDS = List.of("Content-Digest", "Repr-Digest");
    private static final Map<String, String> ALGORITHMS = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");
    private static final Pattern DIGEST = Pattern.compile("\\s*([a-z0-9*_.-]+)=:([A-Za-z0-9+/=]*):\\s*");
    private static final List<String> UNCHECKED = List.of(
            "Digest",
            "x-amz-checksum-crc32",
            "x-amz-checksum-crc32c",
            "x-amz-checksum-crc64nvme",
            "x-amz-checksum-sha1",
            "x-amz-checksum-sha256");

    private record Said(String field, MessageDigest digest, byte[] value) {}

    private final List<Said> all = new ArrayList<>();

    /**
     * @param header the value of a header, or null
     * @throws ProblemException 400 for a digest that is none, or of a kind that is not checked
     */
    public static SaidDigests of(UnaryOperator<String> header) {
        var said = new SaidDigests();
        for (String field : UNCHECKED) {
            if (header.apply(field) != null) {
                throw ProblemException.invalid(
                        field, "is not checked here: send " + CONTENT_MD5 + " or Content-Digest, or leave it out");
            }
        }
        String md5 = header.apply(CONTENT_MD5);
        if (md5 != null) {
            said.add(CONTENT_MD5, "MD5", md5.strip());
        }
        for (String field : DIGEST_FIELDS) {
            if (header.apply(field) != null) {
                said.addAll(field, header.apply(field));
            }
        }
        return said;
    }

    private void addAll(String field, String value) {
        int before = all.size();
        for (String each : value.split(",")) {
            var digest = DIGEST.matcher(each);
            if (!digest.matches()) {
                throw ProblemException.invalid(field, "must be digests such as sha-256=:<Base64>:");
            }
            String algorithm = ALGORITHMS.get(digest.group(1));
            if (algorithm != null) {
                add(field, algorithm, digest.group(2));
            }
        }
        if (all.size() == before) {
            throw ProblemException.invalid(field, "names no digest that is checked here: sha-256 or sha-512");
        }
    }

    private void add(String field, String algorithm, String base64) {
        MessageDigest digest = digest(algorithm);
        int length = digest.getDigestLength();
        try {
            byte[] value = Base64.getDecoder().decode(base64);
            if (value.length == length) {
                all.add(new Said(field, digest, value));
                return;
            }
        } catch (IllegalArgumentException none) {
            // told below
        }
        throw ProblemException.invalid(field, "must be the " + length + " bytes of the " + algorithm + " in Base64");
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The same bytes, of which the last are given out only where all are what was said.
     *
     * @param length where it is known; otherwise the end tells
     * @return a stream that fails with a {@link ProblemException}, 400, where they are not
     */
    public InputStream over(InputStream in, OptionalLong length) {
        var checked = new Checked(in, length.orElse(Long.MAX_VALUE));
        if (checked.rest == 0) {
            checked.check(); // nobody reads what is empty
        }
        return checked;
    }

    private final class Checked extends BlockStream {
        private long rest;

        Checked(InputStream in, long rest) {
            super(in);
            this.rest = rest;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            for (Said said : all) {
                said.digest.update(target, offset, Math.max(read, 0));
            }
            rest -= Math.max(read, 0);
            if (read < 0 || rest == 0) {
                check();
            }
            return read;
        }

        private void check() {
            for (Said said : all) {
                byte[] arrived = said.digest.digest();
                if (!MessageDigest.isEqual(said.value, arrived)) {
                    throw ProblemException.invalid(
                            said.field,
                            "says " + text(said.value) + ", and what has arrived has " + text(arrived)
                                    + "; nothing of it was kept. Send the file again");
                }
            }
            all.clear();
        }

        private static String text(byte[] digest) {
            return Base64.getEncoder().encodeToString(digest);
        }
    }
}
