package dev.wharf.browse;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.S3Uri;
import java.security.GeneralSecurityException;

/** Where a listing goes on, as callers see it: readable by us only, and only for the question that it belongs to. */
final class PageTokens {
    private final Secrets secrets;

    PageTokens(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * @throws ProblemException 400 if a query goes on where there are no pages
     */
    static void refuse(Query query) {
        if (query.get("nextToken").isPresent()) {
            throw ProblemException.invalid("nextToken", "is for answers of pages, and this one has none: leave it out");
        }
    }

    /** The question: what is asked, in which workspace, of which place. */
    record Scope(String question, Caller caller, S3Uri uri) {
        private String text() {
            return question + " workspace " + caller.workspaceId() + " " + uri;
        }
    }

    /** Null stays null: the end. */
    String shown(Scope scope, String token) {
        return token == null ? null : secrets.encrypt(token, scope.text());
    }

    /**
     * @throws ProblemException 400 if it was not made by {@link #shown} for this scope
     */
    String read(Scope scope, String shown) {
        try {
            return secrets.decrypt(shown, scope.text());
        } catch (GeneralSecurityException e) {
            throw ProblemException.invalid(
                    "nextToken", "was not given for this uri: send the one of the page before, or none to begin again");
        }
    }
}
