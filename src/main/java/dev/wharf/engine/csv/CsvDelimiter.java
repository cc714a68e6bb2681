package dev.wharf.engine.csv;

import dev.wharf.engine.csv.CsvSample.Value;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.TextDialect;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What splits the rows of a file, by the evidence of all sampled rows and columns: whether it splits every row into as
 * many values as the first one, and what it leaves in them. Another delimiter left in a value speaks against it, unless
 * it is part of a number, has a blank behind it as punctuation has, or stands in quotes.
 *
 * @param delimiter {@link CsvDialect#NONE} where lines are not split
 * @param alternatives what splits the rows about as well
 */
record CsvDelimiter(char delimiter, List<Character> alternatives) {
    /** In the order in which they are taken where the evidence is the same: a comma is punctuation as well. */
    static final List<Character> CANDIDATES = List.of('\t', ';', '|', ',');

    private static final Pattern NUMBER = Pattern.compile(
            "[-+(]?\\p{Sc}?\\s?([0-9]{1,3}([., '\u00a0][0-9]{3})+|[0-9]+)([.,][0-9]+)?([eE][-+]?[0-9]+)?"
                    + "\\s?(%|\\p{Sc}|[A-Z]{3})?\\)?");
    private static final double ABOUT_AS_WELL = 0.5;

    /**
     * How well a candidate explains the rows.
     *
     * @param agreeing the share of rows that have as many values as the first; 1 is all
     * @param explained the share of values in which nothing is left that a rival would have split
     * @param blanks the share of values that begin with a blank, as the words behind punctuation do
     */
    private record Candidate(char delimiter, double agreeing, double explained, double blanks) {
        private static final Comparator<Candidate> BY_EVIDENCE = Comparator.comparingDouble(Candidate::score)
                .thenComparing(Comparator.comparingDouble(Candidate::blanks).reversed())
                .thenComparingInt(candidate -> -CANDIDATES.indexOf(candidate.delimiter));

        static Candidate of(char delimiter, CsvSample.Rows rows, Set<Character> rivals) {
            long values = 0;
            long explained = 0;
            long blanks = 0;
            for (var row : rows.list()) {
                for (var value : row) {
                    values++;
                    explained += isExplained(value, delimiter, rivals) ? 1 : 0;
                    blanks += !value.quoted() && value.text().startsWith(" ") ? 1 : 0;
                }
            }
            return new Candidate(delimiter, agreeing(rows), (double) explained / values, (double) blanks / values);
        }

        private static double agreeing(CsvSample.Rows rows) {
            var list = rows.list();
            int width = list.get(0).size();
            var below = list.subList(1, list.size());
            boolean trailing = !below.isEmpty() && below.stream().allMatch(row -> endsInDelimiter(row, width));
            double share = trailing
                    ? 1
                    : (double) list.stream().filter(row -> row.size() == width).count() / list.size();
            return rows.fault() == null ? share : share / 2;
        }

        /** As some programs write every row but the names. */
        private static boolean endsInDelimiter(List<Value> row, int width) {
            return row.size() == width + 1
                    && row.get(width).text().isEmpty()
                    && !row.get(width).quoted();
        }

        private static boolean isExplained(Value value, char delimiter, Set<Character> rivals) {
            if (value.quoted() || NUMBER.matcher(value.text()).matches()) {
                return true;
            }
            var text = value.text();
            for (int at = 0; at < text.length(); at++) {
                char one = text.charAt(at);
                boolean punctuation = one != '\t' && text.startsWith(" ", at + 1);
                if (one != delimiter && rivals.contains(one) && !punctuation) {
                    return false;
                }
            }
            return true;
        }

        double score() {
            return agreeing * explained;
        }

        boolean isAboutAsGoodAs(Candidate best) {
            return agreeing == 1 || score() >= ABOUT_AS_WELL * best.score();
        }
    }

    /** @param sample with at least one row */
    static CsvDelimiter of(CsvSample sample, char quote) throws IOException {
        var splits = new LinkedHashMap<Character, CsvSample.Rows>();
        for (char candidate : CANDIDATES) {
            var rows = sample.rows(new CsvDialect(candidate, quote));
            if (candidate != quote && !rows.list().isEmpty()) {
                splits.put(candidate, rows);
            }
        }
        boolean lines = sample.file().format().kind() == SourceFormat.Kind.TEXT;
        var rivals = new LinkedHashMap<>(splits);
        rivals.values().removeIf(rows -> rows.first().size() < 2);
        var candidates = rivals.entrySet().stream()
                .map(rival -> Candidate.of(rival.getKey(), rival.getValue(), rivals.keySet()))
                .filter(candidate -> !lines || candidate.agreeing() == 1 && isTable(splits, candidate))
                .toList();
        if (candidates.isEmpty()) {
            return new CsvDelimiter(lines ? TextDialect.NONE : ofLaterRows(splits), List.of());
        }
        var best = candidates.stream().max(Candidate.BY_EVIDENCE).orElseThrow();
        return new CsvDelimiter(
                best.delimiter(),
                candidates.stream()
                        .filter(other -> other != best && other.isAboutAsGoodAs(best))
                        .map(Candidate::delimiter)
                        .toList());
    }

    /** One line with a comma in it is a sentence. */
    private static boolean isTable(Map<Character, CsvSample.Rows> splits, Candidate candidate) {
        return splits.get(candidate.delimiter()).list().size() > 1;
    }

    /** The first row is one value. What splits most rows is taken, so that they are refused rather than left whole. */
    private static char ofLaterRows(Map<Character, CsvSample.Rows> splits) {
        return splits.entrySet().stream()
                .filter(split -> 2
                                * split.getValue().list().stream()
                                        .filter(row -> row.size() > 1)
                                        .count()
                        >= split.getValue().list().size())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(',');
    }
}
