package dev.wharf.identity.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.QuickPasswords;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    @BeforeAll
    static void hashAsTheServiceDoes() {
        QuickPasswords.remove();
    }

    @AfterAll
    static void hashQuicklyAgain() {
        QuickPasswords.install();
    }

    @Test
    void aPasswordMatchesItsHashAndNoOther() {
        String hash = Passwords.hash("pässword of Ann");

        assertThat(Passwords.matches("pässword of Ann", hash)).isTrue();
        assertThat(Passwords.matches("pässword of ann", hash)).isFalse();
        assertThat(Passwords.matches("", Passwords.NONE)).isFalse();
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        assertThat(Passwords.hash("a")).isNotEqualTo(Passwords.hash("a")).startsWith("pbkdf2-sha512$210000$");
    }

    @Test
    void aLetterMayBeComposed() {
        assertThat(Passwords.matches("pa\u0308ssword", Passwords.hash("p\u00e4ssword")))
                .isTrue();
    }

    /** Password and salt of RFC 6070's vectors, with SHA-512 as Python's hashlib computes it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pbkdf2-sha512$1$c2FsdA$hn9wzxreAs/zdSWZo6U9xK80x6ZpgVrl1RNVThyM8lI",
                "pbkdf2-sha512$210000$c2FsdA$r9Ragy3J5/TSxDv2NGF5MPI5FUp27qkwnbaFqFFNVTw"
            })
    void theHashIsPbkdf2WithAsManyIterationsAsItSays(String hash) {
        assertThat(Passwords.matches("password", hash)).isTrue();
    }
}
