package dev.wharf.identity.people;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import dev.wharf.kernel.settings.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of what is said of a person. Each throws 400 naming the field; null stays null. */
public final class PersonFields {
    public static final int MAX_NAME = 255;
    /** RFC 5321: 64 before the at sign, 255 behind it. */
    private static final int MAX_EMAIL = 320;

    /** A colon would end the name in Basic (RFC 7617, 2), and a comma separates addresses. */
    private static final Pattern EMAIL = Pattern.compile("[^\\s@:,;]+@[^\\s@:,;]+");

    /** NIST SP 800-63B-4, 3.1.1.2: a password that is the only factor has at least 15 characters. */
    private static final int MIN_PASSWORD = 15;

    private static final int MAX_PASSWORD = 256;

    private PersonFields() {}

    /** Addresses that differ in their case only are one. */
    public static String email(String value) {
        Text.name("email", value, MAX_EMAIL);
        if (!EMAIL.matcher(value).matches()) {
            throw ProblemException.invalid("email", "must be an address such as ann@example.com");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    static String name(String value) {
        return value == null ? null : Text.name("name", value, MAX_NAME);
    }

    static Set<String> roles(List<String> value) {
        if (value == null) {
            return null;
        }
        if (!value.stream().allMatch(role -> role != null && Roles.names().contains(role))) {
            throw ProblemException.invalid(
                    "authorizationRoles",
                    "must be a list of " + String.join(" and ", Roles.names())
                            + "; a member without further rights has none of them");
        }
        return Set.copyOf(value);
    }

    static Secret password(String value) {
        if (value == null) {
            return null;
        }
        if (value.codePointCount(0, value.length()) < MIN_PASSWORD
                || value.length() > MAX_PASSWORD
                || value.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(
                    "password",
                    "must have " + MIN_PASSWORD + " to " + MAX_PASSWORD
                            + " characters, none of them a control character");
        }
        return new Secret(value);
    }
}
