package dev.wharf.engine.structure;

import dev.wharf.engine.csv.HeaderRow;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.sample.FileStructure;
import dev.wharf.engine.sample.Sample;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds the one structure that the files of a dataset have, or those that do not have it: what a job would refuse is
 * refused here, and nothing else. How delimited text is read is decided from the sampled files together, and is the
 * same for all others. Memory does not grow with the number of files. For one dataset, and one thread.
 */
final class StructureCheck {
    /** So many of the sampled files are looked into for types as well. */
    private static final int TYPED = 12;

    private record Looked(Member member, FileStructure structure) {}

    private final Looks looks;
    private final Reading said;
    /** What was said and, of delimited text, what the first files have decided. */
    private Reading reading;

    private final OddFiles odd = new OddFiles();
    private final List<Looked> sampled = new ArrayList<>();
    private Looked first;
    private Expected expected;
    private long looked;

    StructureCheck(Looks looks, Reading said) {
        this.looks = looks;
        this.said = said;
        this.reading = said;
    }

    /**
     * Looks into the sampled files and, where all of them are wanted, into the others as well.
     *
     * @param location of the files, for messages
     * @param all null where the sampled ones are enough
     * @return null where no file has a row
     */
    Structure of(String location, StructureSample sample, Supplier<Iterator<Member>> all) {
        var chosen = sample.chosen();
        emptyOnes(sample);
        int next = 0;
        while (first == null && next < chosen.size()) {
            next = first(chosen.get(next)) ? next : next + 1;
        }
        if (first != null) {
            others(chosen.subList(next + 1, chosen.size()));
            if (all != null) {
                rest(all.get(), chosen.stream().map(Member::number).collect(Collectors.toSet()));
            }
        }
        refuse(location, sample.files());
        if (expected == null) {
            refuseEmpty(location, sample);
            return null;
        }
        var structure = expected.structure();
        if (knowsAllColumns(structure, sample)) {
            said.types()
                    .check(
                            structure.columns().stream()
                                    .map(Sample.Column::name)
                                    .toList(),
                            sample.files() == 1 ? first.member().key() : location);
        }
        return structure;
    }

    /** A key that JSON has further on is a column like any other. */
    private boolean knowsAllColumns(Structure structure, StructureSample sample) {
        return structure.format() != SourceFormat.Kind.JSON
                || expected.whole() && looked + sample.emptyFiles() == sample.files();
    }

    /** Of formats that never are without a beginning and an end, a file of 0 bytes is broken. */
    private void emptyOnes(StructureSample sample) {
        for (var key : sample.empty()) {
            var format = SourceFormat.named(key);
            if (format.kind().compressesInside()) {
                var problem = new StagedFile(null, key, format).notSound();
                odd.add(new Member(-1, key, 0, ""), problem.detail());
            }
        }
        if (odd.count() > 0) {
            odd.more(sample.emptyFiles() - odd.count());
            looked += sample.emptyFiles();
        }
    }

    /** @return whether this is the file that the others are compared with */
    private boolean first(Member member) {
        var structure = looks.into(member, said, true);
        looked++;
        if (structure.problem() != null) {
            odd.add(member, structure.problem());
        } else if (structure.hasColumns()) {
            first = new Looked(member, structure);
            if (structure.format().kind().delimited()) {
                var delimiter = structure.delimiter() == null
                        ? ""
                        : structure.delimiter().toString();
                reading = said.with(said.dialect().or(new TextDialect(null, delimiter, null, null)));
            }
        }
        return first != null;
    }

    private void others(List<Member> members) {
        sampled.add(first);
        int typed = Math.min(TYPED, members.size());
        looks.each(members.subList(0, typed).iterator(), reading, true, this::keep);
        looks.each(members.subList(typed, members.size()).iterator(), reading, false, this::keep);
        if (first.structure().firstRow() != null) {
            decideHeader();
        }
        expected = new Expected(first.structure(), said);
        sampled.forEach(each -> compare(each.member(), each.structure()));
    }

    private void keep(Member member, FileStructure structure) {
        looked++;
        boolean same = structure.columns().equals(first.structure().columns());
        sampled.add(
                new Looked(member, same ? structure.sharing(first.structure().columns()) : structure));
    }

    /** Together, as a job does; files that said otherwise by themselves are looked at again. */
    private void decideHeader() {
        var rows = sampled.stream()
                .map(each -> each.structure().firstRow())
                .filter(Objects::nonNull)
                .toList();
        boolean lines = first.structure().delimiter() == null;
        boolean header = said.dialect().header() != null
                ? said.dialect().header()
                : !lines && HeaderRow.areNames(rows).header();
        reading = said.with(reading.dialect().or(new TextDialect(header, null, null, null)));
        for (int at = 0; at < sampled.size(); at++) {
            var each = sampled.get(at);
            if (each.structure().header() != null && each.structure().header() != header) {
                sampled.set(at, new Looked(each.member(), looks.into(each.member(), reading, at < TYPED)));
            }
        }
        first = sampled.get(0);
    }

    private void rest(Iterator<Member> all, Set<Long> known) {
        var others = new OtherMembers(all, known);
        looks.each(others, reading, false, (member, structure) -> {
            looked++;
            compare(member, structure);
        });
    }

    private void compare(Member member, FileStructure found) {
        var difference = found.problem() == null ? expected.add(found) : null;
        if (found.problem() == null && difference == null) {
            return;
        }
        var delimiter = otherDelimiter(member, found);
        odd.add(
                member,
                delimiter != null
                        ? member.key() + " " + delimiter
                        : difference == null ? found.problem() : member.key() + " " + difference);
    }

    /** What cannot be split as the first file is may be split otherwise. */
    private String otherDelimiter(Member member, FileStructure found) {
        if (!found.format().kind().delimited()
                || said.dialect().delimiter() != null
                || first.member().equals(member)) {
            return null;
        }
        var alone = looks.into(member, said, false);
        boolean other = alone.problem() == null
                && alone.delimiter() != null
                && !alone.delimiter().equals(first.structure().delimiter());
        return other
                ? "is split by " + words(alone.delimiter()) + " instead of "
                        + words(first.structure().delimiter())
                : null;
    }

    private static String words(Character delimiter) {
        if (delimiter == null) {
            return "nothing";
        }
        return delimiter == '\t' ? "tab" : "\"" + delimiter + "\"";
    }

    private void refuse(String location, long files) {
        if (odd.count() == 0) {
            return;
        }
        if (looked == 1 && looks.failure() != null) {
            throw looks.failure().problem().transientFailure() ? looks.failure() : odd.refusal(looks.failure());
        }
        throw odd.refusal(location, files, looked, first == null ? null : first.member(), names());
    }

    private List<String> names() {
        return first == null
                ? List.of()
                : first.structure().columns().stream().map(Sample.Column::name).toList();
    }

    /** Only where it is certain that there is no row. */
    private void refuseEmpty(String location, StructureSample sample) {
        if (looked + sample.emptyFiles() == sample.files()) {
            String file = sample.empty().isEmpty()
                    ? sample.chosen().get(0).key()
                    : sample.empty().get(0);
            String empty = sample.files() > 1
                    ? ": every file is empty, such as " + file
                    : location.endsWith("/" + file) ? " is empty" : ": the only file is empty: " + file;
            throw new ProblemException(Problem.VALIDATION_FAILED, location + empty + ": there are no columns to read");
        }
    }
}
