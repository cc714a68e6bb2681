package dev.wharf.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * Makes answers legible that repeat a key which XML cannot hold. S3 takes every character in a key, sends it back in
 * the answer to CreateMultipartUpload and in errors, and XML 1.0 has no way to write most control characters (its §2.2):
 * the SDK's parser gives up, and an upload that has begun is lost with its id. Nobody reads the key there.
 */
final class LegibleXml implements ExecutionInterceptor {
    private static final Pattern REFERENCE = Pattern.compile("&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));");
    private static final Pattern ILLEGAL =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");
    private static final String REPLACEMENT = "\uFFFD";

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Optional<InputStream> body = context.responseBody();
        if (body.isEmpty() || context.httpResponse().isSuccessful() && isLong(context)) {
            return body;
        }
        try (InputStream in = body.get()) {
            return Optional.of(new ByteArrayInputStream(legible(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            if (!context.httpResponse().isSuccessful()) {
                return Optional.of(InputStream.nullInputStream()); // the status says enough
            }
            throw SdkClientException.create("The answer broke off", e); // tried again, as its cause is
        }
    }

    /** Objects, which are no XML, and listings, which are asked for with encoded keys. */
    private static boolean isLong(Context.ModifyHttpResponse context) {
        return context.request() instanceof GetObjectRequest || context.request() instanceof ListObjectsV2Request;
    }

    static String legible(String xml) {
        String referenced = REFERENCE
                .matcher(xml)
                .replaceAll(match -> isLegal(
                                match.group(1) == null
                                        ? Integer.parseInt(match.group(2))
                                        : Integer.parseInt(match.group(1), 16))
                        ? match.group()
                        : REPLACEMENT);
        return ILLEGAL.matcher(referenced).replaceAll(REPLACEMENT);
    }

    private static boolean isLegal(int character) {
        return Character.isValidCodePoint(character)
                && !ILLEGAL.matcher(Character.toString(character)).find();
    }
}
