package dev.wharf.engine.avro;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names that Avro allows: letters and digits of ASCII and {@code _}, and no digit first (Avro specification,
 * <i>Names</i>). Every other character becomes {@code _}, a digit at the beginning gets one before it, and no name at all
 * becomes {@code column3}. They differ in more than case, as readers such as Spark demand; a name that Avro allows stays
 * what it is, and further ones of the same name get a number: {@code a_b_2}.
 */
final class AvroNames {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern FORBIDDEN = Pattern.compile("[^A-Za-z0-9_]");

    private AvroNames() {}

    /** A name for each, in their order. */
    static List<String> of(List<String> names) {
        Set<String> there =
                names.stream().filter(AvroNames::isAllowed).map(AvroNames::same).collect(Collectors.toSet());
        var used = new HashSet<String>();
        var allowed = new ArrayList<String>();
        for (var name : names) {
            boolean kept = isAllowed(name) && used.add(same(name));
            allowed.add(kept ? name : free(made(name, allowed.size() + 1), there));
        }
        return allowed;
    }

    private static boolean isAllowed(String name) {
        return ALLOWED.matcher(name).matches();
    }

    private static String same(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String made(String name, int number) {
        if (name.isBlank()) {
            return "column" + number;
        }
        var made = FORBIDDEN.matcher(name).replaceAll("_");
        return Character.isDigit(made.charAt(0)) ? "_" + made : made;
    }

    private static String free(String base, Set<String> there) {
        var candidate = base;
        for (int number = 2; !there.add(same(candidate)); number++) {
            candidate = base + "_" + number;
        }
        return candidate;
    }
}
