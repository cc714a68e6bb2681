package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
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
    private final FormParts parts;
    private BodyStream stream;
    private boolean refused;

    /** The request is paused. */
    FormReader(HttpServerRequest request, String boundary, Duration stallTimeout) {
        this.request = request;
        this.stallTimeout = stallTimeout;
        this.parts = new FormParts(boundary, this::part);
        context.runOnContext(nothing -> begin());
    }

    private void begin() {
        request.handler(this::arrived)
                .exceptionHandler(failure -> fail(new BrokenBodyException("The client has gone", failure)))
                .endHandler(nothing -> end());
        fetch(1);
        if (request.response().closed()) {
            fail(new BrokenBodyException("The client has gone"));
        }
    }

    /** On the event loop: there, a request cannot end meanwhile. One that has must not be asked for more. */
    private void fetch(long count) {
        if (!request.isEnded()) {
            request.fetch(count);
        }
    }

    private void arrived(Buffer buffer) {
        if (refused) {
            return;
        }
        try {
            Buffer ofFile = parts.feed(buffer);
            if (ofFile.length() > 0) {
                stream.add(ofFile); // whoever reads it asks for more
            } else {
                fetch(1);
            }
        } catch (ProblemException e) {
            fail(e);
        }
    }

    private boolean part(HeaderParameters disposition, String contentType) {
        Optional<String> name = disposition.ofForm("filename");
        String field = disposition.ofForm("name").orElse("");
        if (!FIELD.equals(field)) {
            throw name.isPresent()
                    ? refusal("is the field for the file, and the form has one in " + field)
                    : ProblemException.invalid(
                            field.isEmpty() ? "A field without a name" : field,
                            "is not known here: the form takes the field " + FIELD + " alone");
        }
        if (name.isEmpty()) {
            throw refusal("is missing: the form has text in its place, without a filename (curl -F file=@FILE)");
        }
        if (stream != null) {
            throw refusal("has more than one file: send one at a time");
        }
        stream = new BodyStream(count -> context.runOnContext(nothing -> fetch(count)), stallTimeout);
        file.complete(new IncomingFile(
                name.get(), contentType, OptionalLong.empty(), SaidDigests.of(header -> null), stream));
        return true;
    }

    private void end() {
        if (parts.isOver() && stream == null) {
            fail(refusal("is missing from the form"));
        } else if (parts.isOver()) {
            stream.end();
        } else {
            fail(new ProblemException(Problem.VALIDATION_FAILED, "The form is cut off: its last boundary is missing"));
        }
    }

    private static ProblemException refusal(String rule) {
        return ProblemException.invalid(FIELD, rule);
    }

    private void fail(Throwable failure) {
        refused = true;
        if (!file.completeExceptionally(failure) && stream != null) {
            stream.fail(failure);
        }
    }

    /** Waits for the file to begin. */
    IncomingFile file() throws IOException {
        try {
            return file.get(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
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
