package dev.wharf.testing.stub;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks the signature in a request's {@code Authorization} header (AWS, <i>Authenticating requests: using the
 * Authorization header, Signature Version 4</i>). The body is what {@code x-amz-content-sha256} says; where that is a
 * hash, it is checked when the body has come.
 */
final class SigV4 {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/((\\d{8})/([^/]+)/([^/]+)/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(15);

    private final StubKeys keys;

    SigV4(StubKeys keys) {
        this.keys = keys;
    }

    /**
     * @throws S3Error AccessDenied, InvalidAccessKeyId, InvalidToken, ExpiredToken, SignatureDoesNotMatch, RequestTimeTooSkewed
     */
    void check(StubRequest request) {
        String header = request.header("Authorization");
        if (header == null) {
            throw new S3Error(403, "AccessDenied", "Access Denied");
        }
        Matcher authorization = AUTHORIZATION.matcher(header);
        if (!authorization.matches()) {
            throw new S3Error(400, "AuthorizationHeaderMalformed", "The authorization header is malformed");
        }
        String secret = keys.secret(authorization.group(1), request.header("x-amz-security-token"));
        checkTime(request.header("x-amz-date"));
        String toSign = "AWS4-HMAC-SHA256\n" + request.header("x-amz-date") + "\n" + authorization.group(2) + "\n"
                + hex(Digests.sha256().digest(utf8(canonical(request, authorization.group(6)))));
        byte[] key = utf8("AWS4" + secret);
        for (String part : authorization.group(2).split("/")) {
            key = hmac(key, part);
        }
        if (!MessageDigest.isEqual(utf8(hex(hmac(key, toSign))), utf8(authorization.group(7)))) {
            throw new S3Error(
                    403,
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you provided");
        }
    }

    private static void checkTime(String date) {
        try {
            Instant sent = TIME.parse(String.valueOf(date), Instant::from);
            if (Duration.between(sent, Instant.now()).abs().compareTo(LARGEST_SKEW) <= 0) {
                return;
            }
        } catch (DateTimeParseException e) {
            throw new S3Error(403, "AccessDenied", "AWS authentication requires a valid x-amz-date header");
        }
        throw new S3Error(
                403,
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large");
    }

    private static String canonical(StubRequest request, String signedHeaders) {
        String path = encoded(StubRequest.decoded(request.rawPath())).replace("%2F", "/");
        String query = request.query().entrySet().stream()
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .sorted()
                .collect(Collectors.joining("&"));
        String headers = Arrays.stream(signedHeaders.split(";"))
                .map(name -> name + ":"
                        + String.join(",", request.http().headers().getAll(name))
                                .strip()
                                .replaceAll(" +", " ") + "\n")
                .collect(Collectors.joining());
        return request.method() + "\n" + path + "\n" + query + "\n" + headers + "\n" + signedHeaders + "\n"
                + request.header("x-amz-content-sha256");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java platform has HmacSHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
