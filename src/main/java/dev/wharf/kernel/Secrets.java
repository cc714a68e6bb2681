package dev.wharf.kernel;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.SettingsException;
import dev.wharf.kernel.sql.Database;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Encrypts what the registry must not hold in the clear, with Google Tink (AES-256-GCM). Each value is tied to a
 * context, such as its connection and person: copied to another row it does not decrypt.
 */
public final class Secrets {
    /** In the data folder. */
    public static final String FILE = "keyset.json";

    private static final String PROOF = "keyset.proof";

    // Tink's wire format: a byte 1 and the key's id before each ciphertext.
    private static final int PREFIX = 5;

    private final KeysetHandle keyset;
    private final Aead aead;

    private Secrets(KeysetHandle keyset) throws GeneralSecurityException {
        this.keyset = keyset;
        this.aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /**
     * Takes the keyset of the settings, or the one in the data folder, which is made on the first start.
     *
     * @throws SettingsException if it is not a keyset
     */
    public static Secrets open(Secret configured, DataFolder folder) {
        try {
            AeadConfig.register();
            String json = configured.isEmpty() ? folder.readOrCreate(FILE, Secrets::newKeyset) : configured.value();
            return new Secrets(parsed(json));
        } catch (GeneralSecurityException | IOException e) {
            String source = configured.isEmpty() ? folder.resolve(FILE).toString() : "wharf.secrets.keyset";
            throw new SettingsException(source + " is not a readable Tink JSON keyset", e);
        }
    }

    /**
     * Makes sure that this keyset is the one that the registry was written with.
     *
     * @throws SettingsException if it is another one: nothing in the registry would decrypt
     */
    public void check(Database database) {
        String proof = database.inTransaction(() -> database.sql("kernel/find-setting")
                .param("name", PROOF)
                .query(String.class)
                .optional()
                .orElseGet(() -> {
                    String made = encrypt(PROOF, PROOF);
                    database.sql("kernel/insert-setting")
                            .param("name", PROOF)
                            .param("value", made)
                            .update();
                    return made;
                }));
        try {
            decrypt(proof, PROOF);
        } catch (GeneralSecurityException e) {
            throw new SettingsException(
                    "The keyset is not the one that this registry was written with: bring back the " + FILE
                            + " of its data folder, or set wharf.secrets.keyset",
                    e);
        }
    }

    /**
     * Adds a key to the keyset of the data folder; from now on it encrypts, and the others still decrypt.
     *
     * @throws SettingsException if the keyset cannot be read or written
     */
    public static Secrets withNewKey(DataFolder folder) {
        return changed(folder, keyset -> KeysetHandle.newBuilder(keyset)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build());
    }

    /**
     * Takes all keys but the present one out of the keyset of the data folder. What they have encrypted is lost.
     *
     * @return how many
     * @throws SettingsException if the keyset cannot be read or written
     */
    public int removeOldKeys(DataFolder folder) {
        return keyset.size() - changed(folder, Secrets::withPrimaryOnly).keyset.size();
    }

    private static KeysetHandle withPrimaryOnly(KeysetHandle keyset) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(keyset.getPrimary().getKey())
                        .withFixedId(keyset.getPrimary().getId())
                        .makePrimary())
                .build();
    }

    private interface Change {
        KeysetHandle apply(KeysetHandle keyset) throws GeneralSecurityException;
    }

    private static Secrets changed(DataFolder folder, Change change) {
        try {
            AeadConfig.register();
            KeysetHandle changed = change.apply(parsed(folder.readOrCreate(FILE, Secrets::newKeyset)));
            folder.writePrivate(FILE, serialized(changed));
            return new Secrets(changed);
        } catch (GeneralSecurityException | IOException e) {
            throw new SettingsException(folder.resolve(FILE) + " cannot be changed: " + e.getMessage(), e);
        }
    }

    private static KeysetHandle parsed(String json) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
    }

    private static String serialized(KeysetHandle keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
    }

    /** The id of the key that encrypts; it is no secret. */
    public long primaryKeyId() {
        return Integer.toUnsignedLong(keyset.getPrimary().getId());
    }

    /** Whether this value of {@link #encrypt} was made with the present key. */
    public boolean isCurrent(String encrypted) {
        byte[] bytes = Base64.getUrlDecoder().decode(encrypted);
        return bytes.length > PREFIX
                && bytes[0] == 1
                && ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt()
                        == keyset.getPrimary().getId();
    }

    /** Whether {@link #check} would succeed with the present key alone. */
    public boolean isProofCurrent(Database database) {
        return database.sql("kernel/find-setting")
                .param("name", PROOF)
                .query(String.class)
                .optional()
                .filter(this::isCurrent)
                .isPresent();
    }

    /** Makes {@link #check} need the present key only. */
    public void renewProof(Database database) {
        database.sql("kernel/update-setting")
                .param("name", PROOF)
                .param("value", encrypt(PROOF, PROOF))
                .update();
    }

    private static String newKeyset() {
        try {
            return serialized(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value under the primary key, as Base64 text. */
    public String encrypt(String value, String context) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(aead.encrypt(
                            value.getBytes(StandardCharsets.UTF_8), context.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The value of {@link #encrypt}.
     *
     * @throws GeneralSecurityException if it was made with another keyset or for another context, or was changed
     */
    public String decrypt(String encrypted, String context) throws GeneralSecurityException {
        try {
            return new String(
                    aead.decrypt(Base64.getUrlDecoder().decode(encrypted), context.getBytes(StandardCharsets.UTF_8)),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
