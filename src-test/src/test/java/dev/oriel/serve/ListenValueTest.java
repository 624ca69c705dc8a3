package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.gateway.DialectPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenValueTest {
    private static DialectPort read(String text) {
        return ListenValue.parse(text, "127.0.0.1", IllegalArgumentException::new);
    }

    @Test
    void aPortWithoutAHostIsOnTheServersHost() {
        assertThat(read("sessions=8000")).isEqualTo(new DialectPort("sessions", "127.0.0.1", 8000));
    }

    @Test
    void aHostMayBeANameOrAnAddressInBrackets() {
        assertThat(read("sessions=localhost:0").host()).isEqualTo("localhost");
        assertThat(read("sessions=[::1]:9").host()).isEqualTo("::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sessions",
                "sessions=",
                "8000",
                "sessions=x",
                "nobody=1",
                "sessions=65536"
            })
    void anInvalidValueIsRejected(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
