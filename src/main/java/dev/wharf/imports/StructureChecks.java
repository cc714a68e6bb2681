package dev.wharf.imports;

import dev.wharf.datasets.DatasetFile;
import dev.wharf.datasets.Manifests;
import dev.wharf.engine.structure.Member;
import dev.wharf.engine.structure.Structure;
import dev.wharf.engine.structure.Structures;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** Looks into the files of an import, once all of them have passed by: whether they are of one structure, and which. */
public final class StructureChecks {
    /** So often an import shows that it is alive while it looks into every file. */
    private static final int ALIVE = 100;

    private final Structures structures;
    private final Manifests manifests;

    public StructureChecks(Structures structures, Manifests manifests) {
        this.structures = structures;
        this.manifests = manifests;
    }

    /**
     * Does nothing where the import is refused anyway, or nobody wants it. What is only looked at has no manifest to go
     * through: of its files never more than a sample is looked into, and what speaks against them becomes part of the report.
     *
     * @throws ProblemException 400 naming the files that do not fit or cannot be read, and what differs; what the store says
     *     where it cannot be reached
     */
    public void check(Importing importing) {
        var findings = importing.findings();
        if (findings.files() == 0
                || !findings.problems(importing.uri(), importing.request().reading())
                        .isEmpty()) {
            return;
        }
        try {
            Structure structure = found(importing);
            findings.structure(
                    structure != null && importing.request().disableTypeInference() ? structure.ofText() : structure);
        } catch (ProblemException mismatch) {
            if (importing.manifest() != null || mismatch.problem().transientFailure()) {
                throw mismatch;
            }
            findings.mismatch(mismatch);
        }
    }

    private Structure found(Importing importing) {
        var place = importing.place();
        var manifest = importing.manifest();
        if (manifest != null) {
            manifest.flush();
        }
        var request = importing.request();
        return structures.check(
                place.store(),
                place.bucket(),
                importing.uri().location(),
                importing.findings().sample(),
                request.reading(),
                request.options().check(),
                manifest == null ? null : () -> new All(importing, manifests.files(manifest.manifestId())));
    }

    /** The files that were written; whoever waits for the import is told that it goes on. */
    private record All(Importing importing, Iterator<DatasetFile> files) implements Iterator<Member> {
        @Override
        public boolean hasNext() {
            return files.hasNext();
        }

        @Override
        public Member next() {
            var file = files.next();
            try {
                importing.progress().look(importing.findings());
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
            if (file.number() % ALIVE == 0) {
                importing.manifest().flush();
            }
            return new Member(file.number(), file.key(), file.size(), file.etag());
        }
    }
}
