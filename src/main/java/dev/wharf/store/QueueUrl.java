package dev.wharf.store;

import dev.wharf.kernel.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a queue of events is, as SQS writes it: {@code https://sqs.<region>.amazonaws.com/<account>/<name>}, or another server's. */
public record QueueUrl(URI uri) {
    private static final int LONGEST = 1024;

    /** The names that AWS gives its own endpoints of SQS; nobody else has one of them. */
    private static final Pattern AWS =
            Pattern.compile("(?:sqs(?:-fips)?\\.([a-z0-9-]+)|([a-z0-9-]+)\\.queue|queue)\\.amazonaws\\.com(?:\\.cn)?");

    /**
     * @param field what it is called in the request
     * @throws ProblemException 400 for what is no address of a queue
     */
    public static QueueUrl parse(String field, String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST) {
            throw malformed(field);
        }
        try {
            URI uri = new URI(text);
            boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean named = uri.getRawPath() != null && uri.getRawPath().length() > 1;
            if (!http
                    || uri.getHost() == null
                    || !named
                    || uri.getRawUserInfo() != null
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null) {
                throw malformed(field);
            }
            return new QueueUrl(uri);
        } catch (URISyntaxException e) {
            throw malformed(field);
        }
    }

    private static ProblemException malformed(String field) {
        return ProblemException.invalid(
                field,
                "must be the address of a queue, such as https://sqs.eu-west-1.amazonaws.com/123456789012/events, without a"
                        + " user, a query or a fragment");
    }

    /** Whether it is at AWS, where names may lead to private addresses in a network of AWS. */
    public boolean isAws() {
        return "https".equals(uri.getScheme()) && AWS.matcher(host()).matches();
    }

    /** The region that its name tells. */
    public Optional<String> region() {
        var matcher = AWS.matcher(host());
        return matcher.matches()
                ? Optional.ofNullable(matcher.group(1) != null ? matcher.group(1) : matcher.group(2))
                : Optional.empty();
    }

    /** The server. */
    public URI server() {
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
    }

    /** The same for all ways in which one address is usually spelt. */
    public String canonical() {
        int port = "https".equals(uri.getScheme()) && uri.getPort() == 443
                        || "http".equals(uri.getScheme()) && uri.getPort() == 80
                ? -1
                : uri.getPort();
        return uri.getScheme() + "://" + host() + (port < 0 ? "" : ":" + port)
                + uri.getRawPath().replaceFirst("/+$", "");
    }

    private String host() {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
