package dev.wharf.webhooks;

import dev.wharf.kernel.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;

/** The form of the address that a webhook is sent to. */
final class WebhookAddress {
    private static final int MAX = 2048;

    private WebhookAddress() {}

    /** @throws ProblemException 400 naming what is wrong */
    static URI of(String url) {
        if (url.length() > MAX) {
            throw ProblemException.invalid("url", "must have at most " + MAX + " characters");
        }
        try {
            URI uri = new URI(url);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 0xffff) {
                throw ProblemException.invalid("url", "must be an address such as https://hooks.example.com/in");
            }
            if (uri.getRawUserInfo() != null) {
                throw ProblemException.invalid("url", "must not hold a name or password: send them as a header");
            }
            if (uri.getRawFragment() != null) {
                throw ProblemException.invalid("url", "must not have a fragment (#…): it is never sent");
            }
            return URI.create(uri.toASCIIString());
        } catch (URISyntaxException e) {
            throw ProblemException.invalid("url", "is malformed at its character " + (e.getIndex() + 1));
        }
    }

    /** Whether both lead to one host and port, by the same protocol. */
    static boolean haveOneHost(String url, String other) {
        URI one = of(url);
        URI another = of(other);
        return one.getScheme().equalsIgnoreCase(another.getScheme())
                && one.getHost().equalsIgnoreCase(another.getHost())
                && one.getPort() == another.getPort();
    }
}
