package dev.wharf.parameters;

import com.google.re2j.Pattern;
import dev.wharf.parameters.Part.Across;
import dev.wharf.parameters.Part.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * One way from a bucket's root to the files that a path matches, level by level.
 *
 * @param levels the folders, and at the end the file
 * @param open whether anything may follow from the last level on, at any depth
 */
record Branch(List<Level> levels, boolean open) {
    /**
     * What one level of folders is called.
     *
     * @param lead what its name begins with
     * @param pattern the whole name, null where it is {@code lead}
     */
    private record Level(String lead, Pattern pattern) {
        boolean matches(String name) {
            return pattern == null ? name.equals(lead) : pattern.matches(name);
        }
    }

    static Branch of(List<Part> parts) {
        List<Level> levels = new ArrayList<>();
        List<Part> level = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Across) {
                levels.add(level(level));
                return new Branch(levels, true);
            }
            String text = part instanceof Text fixed ? fixed.text() : "";
            int from = 0;
            for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', from)) {
                level.add(new Text(text.substring(from, slash)));
                levels.add(level(level));
                level.clear();
                from = slash + 1;
            }
            level.add(part instanceof Text ? new Text(text.substring(from)) : part);
        }
        levels.add(level(level));
        return new Branch(levels, false);
    }

    private static Level level(List<Part> parts) {
        List<Part> joined = Part.joined(parts);
        String lead = Part.leadOf(joined);
        boolean fixed = joined.stream().allMatch(Text.class::isInstance);
        return new Level(lead, fixed ? null : Pattern.compile(Part.regexOf(joined)));
    }

    /** Whether something can match in a folder with these names on the way to it. */
    boolean leadsInto(String[] names) {
        int known = Math.min(names.length, levels.size() - 1);
        for (int i = 0; i < known; i++) {
            if (!levels.get(i).matches(names[i])) {
                return false;
            }
        }
        return names.length < levels.size()
                || open && names[known].startsWith(levels.get(known).lead());
    }

    /** What follows a folder of that depth in every key, before anything varies. */
    String fixedFrom(int depth) {
        var text = new StringBuilder();
        for (int i = depth; i < levels.size(); i++) {
            Level level = levels.get(i);
            text.append(level.lead());
            if (level.pattern() != null || i == levels.size() - 1) {
                break;
            }
            text.append('/');
        }
        return text.toString();
    }

    /** Whether nothing is known of what follows, from that depth on. */
    boolean opensAt(int depth) {
        return open && depth >= levels.size() - 1;
    }
}
