package dev.wharf.parameters;

import com.google.re2j.Pattern;
import dev.wharf.parameters.Part.Across;
import dev.wharf.parameters.Part.Either;
import dev.wharf.parameters.Part.Text;
import dev.wharf.parameters.Part.Within;
import dev.wharf.store.KeyPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keys that a parameterised path matches: one regular expression of RE2/J, whose time is linear in the key, and beside
 * it the same path level by level, which tells where it can match. Where the path ends in a slash, all files in the folders
 * that match do.
 */
public final class PathPattern implements KeyPattern {
    /** Of so many ways through the folders a listing tells apart; of more, what lies below is listed at once. */
    private static final int MAX_BRANCHES = 500;

    private final Pattern whole;
    private final List<Branch> branches;
    private final boolean fixed;
    private final String glob;

    private PathPattern(Pattern whole, List<Branch> branches, boolean fixed, String glob) {
        this.whole = whole;
        this.branches = branches;
        this.fixed = fixed;
        this.glob = glob;
    }

    static PathPattern of(List<Part> parts) {
        List<Part> path = Part.joined(
                parts.stream().flatMap(part -> onlyChoice(part).stream()).toList());
        boolean folder = !path.isEmpty()
                && path.get(path.size() - 1) instanceof Text text
                && text.text().endsWith("/");
        boolean fixed = path.size() == 1 && path.get(0) instanceof Text;
        String glob = path.stream()
                .map(part -> part instanceof Text ? part.lead() : part.lead() + "*")
                .collect(Collectors.joining());
        if (folder) {
            path.add(new Across("(?s:.+)"));
        }
        List<List<Part>> expanded = expand(path);
        return new PathPattern(
                Pattern.compile(Part.regexOf(path)),
                expanded.stream().map(Branch::of).toList(),
                fixed,
                glob);
    }

    /** Of one date there is nothing to choose: a path of fixed texts and such a date is fixed. */
    private static List<Part> onlyChoice(Part part) {
        return part instanceof Either either && either.choices().size() == 1
                ? either.choices().get(0)
                : List.of(part);
    }

    /** Dates whose formats hold slashes are told apart, so that each way through the folders is a sequence of levels. */
    private static List<List<Part>> expand(List<Part> path) {
        List<List<Part>> expanded = List.of(List.of());
        for (Part part : path) {
            List<List<Part>> longer = new ArrayList<>();
            for (List<Part> sequence : expanded) {
                for (List<Part> choice : choices(part, expanded.size())) {
                    List<Part> more = new ArrayList<>(sequence);
                    more.addAll(choice);
                    longer.add(more);
                }
            }
            expanded = longer;
        }
        return expanded;
    }

    private static List<List<Part>> choices(Part part, int times) {
        if (!(part instanceof Either either)) {
            return List.of(List.of(part));
        }
        if (either.choices().size() <= 1
                || either.hasSlash() && either.choices().size() * times <= MAX_BRANCHES) {
            return either.choices();
        }
        return List.of(
                List.of(either.hasSlash() ? new Across(either.regex()) : new Within(either.regex(), either.lead())));
    }

    @Override
    public boolean matches(String key) {
        return !key.endsWith("/") && whole.matches(key);
    }

    /** Whether the path is one file or one folder, whatever the store holds. */
    public boolean isFixed() {
        return fixed;
    }

    /** The path for people to read: {@code *} stands for what varies. */
    public String glob() {
        return glob;
    }

    @Override
    public Look look(String folder) {
        String[] names = folder.isEmpty()
                ? new String[0]
                : folder.substring(0, folder.length() - 1).split("/", -1);
        List<Branch> live =
                branches.stream().filter(branch -> branch.leadsInto(names)).toList();
        if (live.isEmpty()) {
            return null;
        }
        String on = Part.common(
                live.stream().map(branch -> branch.fixedFrom(names.length)).toList());
        int level = names.length
                + (int) on.chars().filter(character -> character == '/').count();
        return new Look(folder + on, live.stream().anyMatch(branch -> branch.opensAt(level)));
    }
}
