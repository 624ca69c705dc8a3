package dev.oriel.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountTextTest {
    @Test
    void whereAKeyIsIsSaid() {
        assertThat(AccountText.storedIn("keychain", ServerPlace.HERE))
                .isEqualTo("Its key is in the key store of this computer.");
        assertThat(AccountText.storedIn("keychain", ServerPlace.ELSEWHERE))
                .isEqualTo("Its key is in the key store of the server’s computer.");
        assertThat(AccountText.storedIn("file", ServerPlace.HERE)).contains("only you can read");
        assertThat(AccountText.storedIn("file", ServerPlace.ELSEWHERE)).doesNotContain("you");
        assertThat(AccountText.storedIn("environment", ServerPlace.HERE)).contains("environment");
        assertThat(AccountText.storedIn(null, ServerPlace.HERE)).isEmpty();
        assertThat(AccountText.storedIn("from-the-future", ServerPlace.HERE)).isEmpty();
    }
}
