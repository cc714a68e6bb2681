package dev.wharf.kernel.http;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads a form of which one field is a file, without ever holding the file. Its stream ends only when the whole form
 * has: what follows the file can still refuse it.
 */
final class FormReader {
    private static final String FIELD = "file";

    private final HttpServerRequest request;
    private final Duration stallTimeout;
    private final Context context = Vertx.currentContext();
    private final CompletableFuture<IncomingFile> file = new CompletableFuture<>();

    // On the event loop only.
    private BodyStream stream;
    private HttpServerFileUpload upload;
    private boolean fileEnded;

    /** The request is paused and expects a form. */
    FormReader(HttpServerRequest request, Duration stallTimeout) {
        this.request = request;
        this.stallTimeout = stallTimeout;
        context.runOnContext(nothing -> begin());
    }

    private void begin() {
        request.uploadHandler(this::part)
                .exceptionHandler(this::broken)
                .endHandler(nothing -> end())
                .resume();
        if (request.response().closed()) {
            broken(new BrokenBodyException("The client has gone"));
        }
    }

    private void part(HttpServerFileUpload part) {
        if (upload != null) {
            refuse("has more than one file: send one at a time");
        } else if (!FIELD.equals(part.name())) {
            refuse("is the field for the file, and the form has one in " + part.name());
        } else {
            part.pause();
            upload = part;
            stream = new BodyStream(part::fetch, stallTimeout);
            part.exceptionHandler(this::broken)
                    .endHandler(nothing -> fileEnded = true)
                    .handler(stream::add);
            file.complete(new IncomingFile(part.filename(), part.contentType(), OptionalLong.empty(), stream));
        }
    }

    private void end() {
        if (upload == null) {
            refuse("is missing from the form");
            return;
        }
        upload.resume(); // what is still held back comes now, and the mark behind it
        context.runOnContext(nothing -> {
            if (fileEnded) {
                stream.end();
            } else {
                stream.fail(new ProblemException(
                        Problem.VALIDATION_FAILED, "The form is cut off: its last boundary is missing"));
            }
        });
    }

    private void refuse(String rule) {
        fail(ProblemException.invalid(FIELD, rule));
    }

    private void broken(Throwable failure) {
        fail(
                failure instanceof DecoderException
                        ? new ProblemException(
                                Problem.VALIDATION_FAILED, "The form is malformed: " + failure.getMessage())
                        : new BrokenBodyException("The client has gone", failure));
    }

    private void fail(Throwable failure) {
        if (!file.completeExceptionally(failure) && stream != null) {
            stream.fail(failure);
        }
    }

    /** Waits for the file to begin. */
    IncomingFile file() throws IOException {
        try {
            return file.get(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException refused) {
                throw refused;
            }
            throw new BrokenBodyException("The form broke off before its file", e.getCause());
        } catch (TimeoutException e) {
            throw new BrokenBodyException("The form has not come to its file in " + stallTimeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
