package dev.wharf.s3.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Reads listings past the SDK's unmarshaller, which is several times as slow. It runs within each attempt: what it
 * throws is retried if the SDK would retry it. The SDK is handed an answer without a body, or, where a success holds an
 * error document, that document under the status that it should have come with.
 */
public final class ListingInterceptor implements ExecutionInterceptor {
    /** Where the page is put; set on a request, it makes that request's answer be read here. */
    public static final ExecutionAttribute<Slot> SLOT = new ExecutionAttribute<>("WharfListing");

    /** Holds what the latest attempt brought. */
    public static final class Slot {
        private ListingPage page;
        private byte[] leftToTheSdk;

        public ListingPage page() {
            return page;
        }
    }

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Slot slot = attributes.getAttribute(SLOT);
        SdkHttpResponse http = context.httpResponse();
        if (slot == null) {
            return http;
        }
        slot.page = null;
        slot.leftToTheSdk = null;
        if (!http.isSuccessful()) {
            return http;
        }
        var answer = read(context.responseBody().orElse(InputStream.nullInputStream()));
        if (answer instanceof ListingReader.Refusal refusal) {
            slot.leftToTheSdk = document(refusal);
            return ((SdkHttpFullResponse) http)
                    .toBuilder().statusCode(status(refusal.code())).build();
        }
        slot.page = (ListingPage) answer;
        slot.leftToTheSdk = new byte[0];
        return http;
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Slot slot = attributes.getAttribute(SLOT);
        return slot == null || slot.leftToTheSdk == null
                ? context.responseBody()
                : Optional.of(new ByteArrayInputStream(slot.leftToTheSdk));
    }

    /** To the end of the body, so that the connection serves the next request; one that fails is of no further use. */
    private static ListingReader.Answer read(InputStream body) {
        boolean complete = false;
        try {
            var answer = ListingReader.read(body);
            body.close();
            complete = true;
            return answer;
        } catch (IOException e) {
            throw Thread.currentThread().isInterrupted()
                    ? AbortedException.create("The listing was interrupted", new InterruptedException())
                    : RetryableException.create("The listing broke off", e);
        } catch (MalformedXmlException e) {
            throw e.isCutOff()
                    ? RetryableException.create(e.getMessage(), e)
                    : SdkClientException.create(e.getMessage(), e);
        } finally {
            if (!complete && body instanceof Abortable abortable) {
                abortable.abort();
            }
        }
    }

    /** Of an error inside a success, which was sent with none of its own. */
    static int status(String code) {
        return switch (code) {
            case "SlowDown", "ServiceUnavailable" -> 503;
            case "InternalError" -> 500;
            case "AccessDenied" -> 403;
            case "NoSuchBucket" -> 404;
            default -> 400;
        };
    }

    private static byte[] document(ListingReader.Refusal refusal) {
        return ("<Error><Code>" + ErrorDocument.escaped(refusal.code()) + "</Code><Message>"
                        + ErrorDocument.escaped(refusal.message()) + "</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
    }
}
