package dev.wharf.browse;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Secrets;
import dev.wharf.s3.S3Uri;
import java.security.GeneralSecurityException;

/** The store's continuation tokens, as callers see them: readable by us only, and only for the place they are of. */
final class PageTokens {
    private final Secrets secrets;

    PageTokens(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Null stays null: the end. */
    String shown(Caller caller, S3Uri uri, String token) {
        return token == null ? null : secrets.encrypt(token, context(caller, uri));
    }

    /**
     * @throws ProblemException 400 if it was not made by {@link #shown} for this place and workspace
     */
    String read(Caller caller, S3Uri uri, String shown) {
        try {
            return secrets.decrypt(shown, context(caller, uri));
        } catch (GeneralSecurityException e) {
            throw ProblemException.invalid(
                    "nextToken", "was not given for this uri: send the one of the page before, or none to begin again");
        }
    }

    private static String context(Caller caller, S3Uri uri) {
        return "vfsList workspace " + caller.workspaceId() + " " + uri;
    }
}
