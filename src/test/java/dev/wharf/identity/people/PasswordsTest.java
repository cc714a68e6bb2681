package dev.wharf.identity.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsTest {
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

    /** Password, salt and count of RFC 6070's first vector, with SHA-512 as Python's hashlib computes it. */
    @Test
    void theHashIsPbkdf2() {
        String hash = "pbkdf2-sha512$1$c2FsdA$hn9wzxreAs/zdSWZo6U9xK80x6ZpgVrl1RNVThyM8lI";

        assertThat(Passwords.matches("password", hash)).isTrue();
    }
}
