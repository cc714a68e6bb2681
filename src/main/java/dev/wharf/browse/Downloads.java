package dev.wharf.browse;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Answer;
import dev.wharf.kernel.ClientGoneException;
import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Query;
import dev.wharf.kernel.RequestHead;
import dev.wharf.s3.S3Uri;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Sends files as they are. Each holds a worker for as long as its client takes, so there are not more than may be. */
public final class Downloads {
    private final Places places;
    private final Semaphore free;
    private final ConnectionLoad load;

    /**
     * @param most at one time, 2 or more; from one connection, half as many
     */
    public Downloads(Places places, int most) {
        this.places = places;
        this.free = new Semaphore(most);
        this.load = new ConnectionLoad(most / 2, "files (half of wharf.downloads.max-concurrent) are being sent");
    }

    /**
     * Answers with the file that {@code uri} names, under the conditions and in the part that the request's head asks for
     * (RFC 9110); to HEAD, without its bytes. What fails after the answer has begun leaves it broken off.
     *
     * @param query {@code uri}; {@code connectionId} where the uri has none
     * @throws ClientGoneException as soon as nobody takes the answer any more
     * @throws ProblemException 400 for a folder, 403, 404, 412; 503 where as many files as may are being sent
     */
    public void read(Caller caller, Query query, RequestHead head, Answer answer) throws IOException {
        if (!free.tryAcquire()) {
            throw new ProblemException(
                    Problem.UNAVAILABLE,
                    "As many files as may (wharf.downloads.max-concurrent) are being sent; try again in a moment");
        }
        try (Place place = places.open(caller, query, load)) {
            if (isFolderAlone(place)) {
                throw ProblemException.invalid(
                        "uri", "names the folder " + place.uri().location() + ", and only a file can be read");
            }
            new Download(place, head, answer).run();
        } finally {
            free.release();
        }
    }

    /** A key may end in a slash, and hold bytes all the same. */
    private static boolean isFolderAlone(Place place) {
        S3Uri uri = place.uri();
        return uri.isFolder()
                && (uri.key().isEmpty()
                        || Lookup.listedFile(place.store(), uri.bucket(), uri.key())
                                .isEmpty());
    }
}
