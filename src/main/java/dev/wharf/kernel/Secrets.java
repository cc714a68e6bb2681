package dev.wharf.kernel;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Encrypts what the registry must not hold in the clear, with Google Tink (AES-256-GCM). Each value is tied to a
 * context, such as its connection and person: copied to another row it does not decrypt.
 */
public final class Secrets {
    private static final String FILE = "keyset.json";
    private static final String PROOF = "keyset.proof";

    private final Aead aead;

    private Secrets(KeysetHandle keyset) throws GeneralSecurityException {
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
            return new Secrets(TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get()));
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

    private static String newKeyset() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get());
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
