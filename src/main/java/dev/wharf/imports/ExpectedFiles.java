package dev.wharf.imports;

import dev.wharf.jobs.WrittenFile;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a dataset of results consists of, as the job wrote them. Whatever else lies in their folder, such as another
 * output's files or another job's folder, is none of them.
 */
final class ExpectedFiles {
    private final Map<String, WrittenFile> awaited = new LinkedHashMap<>();

    ExpectedFiles(List<WrittenFile> files) {
        files.forEach(file -> awaited.put(file.place().key(), file));
    }

    /** Whether a key is one of them, and was not taken yet. */
    boolean holds(String key) {
        return awaited.containsKey(key);
    }

    /** @throws ProblemException 409 if the object is not the version that the job wrote */
    void take(ObjectInfo object) {
        WrittenFile file = awaited.remove(object.key());
        if (file.isOther(object.etag())) {
            throw new ProblemException(Problem.CONFLICT, file.changed());
        }
    }

    /** @throws ProblemException 409 if some were not found, naming the first */
    void requireAll() {
        awaited.values().stream().findFirst().ifPresent(file -> {
            throw new ProblemException(
                    Problem.CONFLICT,
                    file.place().location() + " is not there any more, which job group " + file.jobGroupId()
                            + " wrote: " + awaited.size()
                            + (awaited.size() == 1 ? " file" : " files") + " of its output " + file.output()
                            + " cannot be found. Run the job again, or import what is left by its address");
        });
    }
}
