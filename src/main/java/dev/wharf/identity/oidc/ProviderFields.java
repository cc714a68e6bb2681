package dev.wharf.identity.oidc;

import dev.wharf.identity.people.PersonFields;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;

/** What tokens say of a person, as we keep it. */
public final class ProviderFields {
    private ProviderFields() {}

    /**
     * An address in lower case.
     *
     * @param claim its name
     * @throws ProblemException 403 naming the claim
     */
    public static String email(String claim, Object value) {
        if (value == null) {
            throw noAddress(claim, "is missing");
        }
        if (value instanceof String text) {
            try {
                return PersonFields.email(text);
            } catch (ProblemException e) {
                // told below
            }
        }
        throw noAddress(claim, "must be an address such as ann@example.com");
    }

    private static ProblemException noAddress(String claim, String what) {
        return new ProblemException(
                Problem.FORBIDDEN,
                "The token of the identity provider is good, but its claim " + claim + " " + what
                        + "; have the provider put the person's address there (scope email), or name the claim that"
                        + " holds it in wharf.oidc.email-claim");
    }

    /** A name of as much of the text as a name may have; the address where there is none. */
    public static String name(Object value, String email) {
        String name = value instanceof String text ? shortened(text) : "";
        return name.isEmpty() ? shortened(email) : name;
    }

    private static String shortened(String text) {
        var name = new StringBuilder();
        text.codePoints()
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .takeWhile(c -> name.length() + Character.charCount(c) <= PersonFields.MAX_NAME)
                .forEach(name::appendCodePoint);
        return name.toString().strip();
    }
}
