package dev.wharf.browse;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.WrittenFile;
import dev.wharf.kernel.Admission;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.S3Uri;
import java.io.IOException;

/** Sends files as they are. Each holds a worker for as long as its client takes, so there are not more than may be. */
public final class Downloads {
    private final Places places;
    private final Admission admission;

    /**
     * @param admission of files that are sent
     */
    public Downloads(Places places, Admission admission) {
        this.places = places;
        this.admission = admission;
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
        try (BrowsedPlace place = places.open(caller, query, admission)) {
            places.guard(answer, place);
            if (isFolderAlone(place)) {
                throw ProblemException.invalid(
                        "uri", "names the folder " + place.uri().location() + ", and only a file can be read");
            }
            new Download(place, null, head, answer).run();
        }
    }

    /**
     * The same with a file that a job has written, in the version that it wrote.
     *
     * @throws ProblemException as {@link #read}; 409 where another version lies there by now
     */
    public void readResult(Caller caller, WrittenFile written, RequestHead head, Answer answer) throws IOException {
        try (BrowsedPlace place = places.open(caller, written.place(), admission)) {
            places.guard(answer, place);
            new Download(place, written, head, answer).run();
        }
    }

    /** A key may end in a slash, and hold bytes all the same. */
    private static boolean isFolderAlone(BrowsedPlace place) {
        S3Uri uri = place.uri();
        return uri.isFolder()
                && (uri.key().isEmpty()
                        || Lookup.listedFile(place.store(), uri.bucket(), uri.key())
                                .isEmpty());
    }
}
