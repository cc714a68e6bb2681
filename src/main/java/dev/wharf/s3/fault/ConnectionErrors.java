package dev.wharf.s3.fault;

import dev.wharf.network.ForbiddenAddressException;
import dev.wharf.s3.wire.AnswerTooLongException;
import dev.wharf.s3.wire.MalformedXmlException;
import dev.wharf.s3.wire.QuotedText;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.RetryableException;

/** Says in plain words why no answer came from a store, or none that could be understood. */
public final class ConnectionErrors {
    /** To those who speak plain HTTP and get no answer of S3's. */
    public static final String PERHAPS_TLS = "; if this port wants TLS, use https:// in the endpoint";

    private static final Pattern ATTEMPTS = Pattern.compile(" ?\\(SDK Attempt Count: \\d+\\)");

    /** What is said of a page for people that is read as an answer of S3's. */
    private static final Pattern WEB_PAGE = Pattern.compile("its root is|document type declaration");

    private ConnectionErrors() {}

    /** Whether a connection was closed instead of an answer, as servers do that were expecting TLS. */
    public static boolean isHungUp(StoreException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoHttpResponseException) {
                return true;
            }
        }
        return false;
    }

    static StoreException of(Throwable failure, StoreAccess access, String place) {
        return of(failure, host(access), place);
    }

    /** What answers, for messages. */
    static String host(StoreAccess access) {
        URI endpoint = access.endpoint();
        return endpoint == null ? "AWS S3 in region " + access.region() : endpoint.toString();
    }

    /** @param host whose answer was waited for */
    static StoreException of(Throwable failure, String host, String place) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenAddressException) {
                return new StoreException(Kind.REFUSED, place + ": " + cause.getMessage(), failure);
            }
            if (cause instanceof AnswerTooLongException || cause instanceof MessageConstraintException) {
                return StoreException.unusable(place + ": " + tooLong(cause, host), failure);
            }
            String words = words(cause, host);
            if (words != null) {
                return new StoreException(Kind.UNAVAILABLE, place + ": " + words, failure);
            }
        }
        String reason = reason(failure);
        String detail = place + ": the answer of " + host + " could not be understood (" + reason + ")"
                + (WEB_PAGE.matcher(reason).find() ? "; if no S3 store is there, the endpoint is wrong" : "");
        return failure instanceof RetryableException
                ? new StoreException(Kind.BROKEN, detail, failure)
                : StoreException.unusable(detail, failure);
    }

    private static String tooLong(Throwable cause, String host) {
        return host
                + (cause instanceof AnswerTooLongException
                        ? " has answered with " + cause.getMessage()
                        : " has sent more headers, or longer ones, than are read")
                + ", which no store has reason to do: the rest was not read; check the endpoint";
    }

    private static String reason(Throwable failure) {
        String reason = failure.getCause() instanceof MalformedXmlException malformed
                ? malformed.getMessage()
                : String.valueOf(failure.getMessage());
        // The SDK adds to the messages of its own exceptions how often it has tried.
        return QuotedText.plain(ATTEMPTS.matcher(reason).replaceAll(""));
    }

    private static String words(Throwable cause, String host) {
        if (cause instanceof AbortedException || cause instanceof InterruptedException) {
            return "the operation was interrupted";
        }
        if (cause instanceof UnknownHostException) {
            return "the host of " + host + " is unknown: check the endpoint, and the region";
        }
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("connection pool shut down") || cause instanceof IllegalStateException) {
            return "the service is shutting down";
        }
        if (cause instanceof ConnectionRequestTimeoutException) {
            return "all connections to " + host + " are in use; try again";
        }
        if (cause instanceof SSLException failure) {
            return "no secure connection to " + host + ": " + TlsErrors.words(failure);
        }
        if (cause instanceof SocketTimeoutException
                || cause instanceof ApiCallTimeoutException
                || cause instanceof ApiCallAttemptTimeoutException
                || cause instanceof InterruptedIOException) {
            return host + " did not answer in time";
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return host + " cannot be reached: connection refused, or no way there";
        }
        return cause instanceof java.io.IOException
                ? "the connection to " + host + " broke, also after several tries ("
                        + QuotedText.plain(String.valueOf(cause.getMessage())) + ")"
                : null;
    }
}
