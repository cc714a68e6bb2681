package dev.wharf.storage;

import dev.wharf.credentials.KeyPair;
import dev.wharf.credentials.Role;
import java.time.Instant;
import java.util.List;

/**
 * With what base storage is used, by a whole workspace or by one person ({@code domain.md} §3.9).
 *
 * @param personId null for the workspace's
 * @param pair null where a role is assumed
 * @param role null where the key pair is used as it is
 * @param defaultBucket null for the one that an operator has set
 */
public record AwsConfig(
        long id,
        String uuid,
        long workspaceId,
        Long personId,
        KeyPair pair,
        Role role,
        String defaultBucket,
        List<String> extraBuckets,
        long updaterId,
        Instant createdAt,
        Instant updatedAt) {

    /** What nobody has stored yet. */
    static AwsConfig unsaved(long workspaceId, Long personId, AwsConfigTable.Content content) {
        return new AwsConfig(
                0,
                "",
                workspaceId,
                personId,
                content.pair(),
                content.role(),
                content.defaultBucket(),
                content.extraBuckets(),
                0,
                null,
                null);
    }

    /** Whose it is: there is one for each workspace and one for each person in it. */
    static String holder(long workspaceId, Long personId) {
        return "workspace " + workspaceId + (personId == null ? "" : " person " + personId);
    }

    String holder() {
        return holder(workspaceId, personId);
    }

    /** Ties its secrets to its row: in another one they do not decrypt. */
    public static String context(String uuid, String holder) {
        return "awsConfig " + uuid + " " + holder;
    }
}
