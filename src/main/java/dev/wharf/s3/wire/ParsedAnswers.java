package dev.wharf.s3.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Bounds everything that the SDK parses, whatever parses it, in bytes and in time: the SDK would read an answer for as
 * long as a store sends one. Objects are streamed, and listings have bounds of their own ({@link ListingReader}). What is
 * read is made fit for the SDK's parsers.
 */
public final class ParsedAnswers implements ExecutionInterceptor {
    /** Some 40,000 buckets; a page of uploads with the longest keys has 5 MB. */
    public static final int MOST_BYTES = 8 << 20;
    /** An error of S3's has less than 5 KB, with the longest key. */
    static final int MOST_ERROR_BYTES = 64 << 10;
    /** AWS sends blanks for minutes while it puts an object together (AWS, <i>CompleteMultipartUpload</i>). */
    private static final Duration AT_WORK = Duration.ofMinutes(15);

    private final Duration patience;

    /** @param patience how long an answer may take from its head to its end, unless the store is at work meanwhile */
    public ParsedAnswers(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Optional<InputStream> body = context.responseBody();
        boolean success = context.httpResponse().isSuccessful();
        if (body.isEmpty() || success && isReadElsewhere(context)) {
            return body;
        }
        String document = success ? document(context, body.get()) : error(context, body.get());
        return Optional.of(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isReadElsewhere(Context.ModifyHttpResponse context) {
        return context.request() instanceof GetObjectRequest || context.request() instanceof ListObjectsV2Request;
    }

    private String document(Context.ModifyHttpResponse context, InputStream body) {
        AnswerBytes read;
        try {
            read = AnswerBytes.read(body, MOST_BYTES, isAtWork(context) ? AT_WORK : patience);
        } catch (IOException e) {
            throw SdkClientException.create("The answer broke off", e); // tried again, as its cause is
        }
        return switch (read.rest()) {
            case NONE -> OptionalElements.tidied(LegibleXml.legible(SuccessDocument.of(text(read), context)));
            case TOO_LONG ->
                throw SdkClientException.create("The answer is too long", new AnswerTooLongException(MOST_BYTES));
            case TOO_SLOW ->
                throw ApiCallTimeoutException.builder()
                        .message("The answer does not end")
                        .build();
        };
    }

    private static boolean isAtWork(Context.ModifyHttpResponse context) {
        return context.request() instanceof CompleteMultipartUploadRequest
                || context.request() instanceof CopyObjectRequest
                || context.request() instanceof UploadPartCopyRequest;
    }

    /** The status says most: of the words, those that came have to do. */
    private String error(Context.ModifyHttpResponse context, InputStream body) {
        try {
            AnswerBytes read = AnswerBytes.read(body, MOST_ERROR_BYTES, patience);
            return ErrorDocument.legible(text(read), read.rest() == AnswerBytes.Rest.NONE, context.request());
        } catch (IOException e) {
            return "";
        }
    }

    private static String text(AnswerBytes read) {
        return new String(read.bytes(), StandardCharsets.UTF_8);
    }
}
