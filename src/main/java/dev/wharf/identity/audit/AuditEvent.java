package dev.wharf.identity.audit;

import dev.wharf.kernel.api.Reference;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Who did what for whom, as the API shows it.
 *
 * @param outcome see {@link Outcome}
 * @param actor the person who asked; null where it was a program that was trusted, a job or the service
 * @param person for whom it was done: with this person's rights and key pair
 * @param via how the wish came: {@code token}, {@code session}, {@code password}, {@code oidc}, {@code membershipId},
 *     {@code job} or {@code service}
 * @param connection null for base storage and for what concerns no connection
 * @param key the object's key, or the prefix of those that were listed
 * @param detail what was changed, or why it failed; null where there is nothing to say
 * @param requestId the request's {@code x-trifacta-request-id}, or {@code jobGroup/<id>}
 */
public record AuditEvent(
        long id,
        Instant createdAt,
        String operation,
        String outcome,
        Reference actor,
        Member person,
        String via,
        Reference connection,
        String bucket,
        String key,
        String detail,
        String requestId) {

    /** How it ended; each has its name in the API. */
    public enum Outcome {
        SUCCESS("success"),
        /** By the service, or by the store. */
        DENIED("denied"),
        FAILED("failed");

        private final String value;

        Outcome(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }

        static boolean isOne(String value) {
            return Stream.of(values()).anyMatch(outcome -> outcome.value.equals(value));
        }
    }

    /** @param email as it is now */
    public record Member(long id, String email) {}
}
