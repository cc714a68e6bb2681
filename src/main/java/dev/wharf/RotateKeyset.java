package dev.wharf;

import dev.wharf.connections.StoredKeyPairs;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.settings.SettingsException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.webhooks.StoredWebhooks;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * The command {@code rotate-keyset}, for a service that is stopped: makes a new key, encrypts everything anew under it,
 * and keeps the old one until {@code rotate-keyset --remove-old} finds that nothing needs it any more. It can be killed
 * at any moment and be run again: the keyset has the new key before anything is encrypted under it.
 */
final class RotateKeyset {
    static final String COMMAND = "rotate-keyset";
    private static final String REMOVE_OLD = "--remove-old";

    private RotateKeyset() {}

    /**
     * @param args the command and its option
     * @throws SettingsException in one line, if it cannot be done; what was done stays done
     */
    static void run(String[] args, Settings settings, PrintStream out) {
        boolean removeOld = args.length == 2 && args[1].equals(REMOVE_OLD);
        if (args.length > 1 && !removeOld) {
            throw new SettingsException("the command is " + COMMAND + " or " + COMMAND + " " + REMOVE_OLD);
        }
        try (var folder = DataFolder.open(settings.dataDir());
                var database = new Database(settings.registry(), folder)) {
            database.open();
            Secrets secrets = Secrets.open(settings.keyset(), folder);
            secrets.check(database);
            if (removeOld) {
                removeOld(settings, folder, database, secrets, out);
            } else {
                rotate(settings, folder, database, secrets, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rotate(
            Settings settings, DataFolder folder, Database database, Secrets present, PrintStream out) {
        boolean unfinished = !areCurrent(database, present);
        Secrets secrets = present;
        if (settings.keyset().isEmpty() && !unfinished) {
            secrets = Secrets.withNewKey(folder);
        }
        int changed = new StoredKeyPairs(database, secrets).reencrypt();
        int webhooks = new StoredWebhooks(database, secrets).reencrypt();
        secrets.renewProof(database);
        out.println("Encrypted under the key " + secrets.primaryKeyId() + ": " + changed + " key pairs"
                + (webhooks == 0 ? "" : " and " + webhooks + " webhooks")
                + (unfinished ? ", with which an earlier run was not done" : ""));
        out.println(
                settings.keyset().isEmpty()
                        ? "Start the service, see that it works, back up " + Secrets.FILE
                                + ", and then remove the old key: " + COMMAND + " " + REMOVE_OLD
                        : "Nothing needs the other keys of wharf.secrets.keyset any more");
    }

    private static boolean areCurrent(Database database, Secrets secrets) {
        return new StoredKeyPairs(database, secrets).areCurrent()
                && new StoredWebhooks(database, secrets).areCurrent()
                && secrets.isProofCurrent(database);
    }

    private static void removeOld(
            Settings settings, DataFolder folder, Database database, Secrets secrets, PrintStream out) {
        if (!settings.keyset().isEmpty()) {
            throw new SettingsException("wharf.secrets.keyset is yours: take the old key out of it there");
        }
        if (!areCurrent(database, secrets)) {
            throw new SettingsException("something is still encrypted under an old key: run " + COMMAND + " first");
        }
        out.println("Removed old keys: " + secrets.removeOldKeys(folder)
                + ". A backup of the registry from before needs the" + " backup of " + Secrets.FILE + " from before");
    }
}
