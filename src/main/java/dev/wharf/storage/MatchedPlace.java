package dev.wharf.storage;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.ResolvedPath;
import dev.wharf.store.Place;

/** Opens the place of a parameterised path, whether to import from it or for a run: with the rights of whoever asks. */
public final class MatchedPlace {
    private MatchedPlace() {}

    /**
     * @return what a walk through it finds is what matches
     * @throws ProblemException as {@link StoreDirectory#sources}; 403 if a file that matches may lie among the uploads, which
     *     hold other people's files, whichever connection leads there
     */
    public static Place open(StoreDirectory directory, Caller caller, ResolvedPath path) {
        boolean base = directory
                .defaultBucket(caller, null)
                .filter(path.bucket()::equals)
                .isPresent();
        if (base && UploadsFolder.touches(path.pattern())) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    path.location()
                            + " may match files in the uploads folder, which holds other people's files: begin the"
                            + " path with another folder");
        }
        return new Place(directory.sources(caller, path.connectionId()), path.bucket(), path.pattern());
    }
}
