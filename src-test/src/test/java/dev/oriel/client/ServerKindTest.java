package dev.oriel.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the kinds of server can do, and how they are found.
class ServerKindTest {
    @ParameterizedTest
    @EnumSource
    void aKindIsFoundByItsId(ServerKind kind) {
        assertThat(ServerKind.find(kind.id())).contains(kind);
    }

    @Test
    void anUnknownIdIsNotFound() {
        assertThat(ServerKind.find("native")).isEmpty();
        assertThat(ServerKind.find("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', NATIVE",
        "/, NATIVE",
        "/oriel, NATIVE",
        "/ws/claude, ONESHOT",
        "/prefix/ws/claude/, ONESHOT",
        "/enhanced/ws, ENHANCED",
        "/relay/ws, RELAY",
        "/relay/ws//, RELAY",
        "/manager/ws, MANAGER",
        "/agent/ws, MANAGER",
    })
    void aPathBelongsToOneKind(String path, ServerKind kind) {
        assertThat(ServerKind.findByPath(path)).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/ws/", "/other/ws"})
    void threeKindsShareAPath(String path) {
        assertThat(ServerKind.findByPath(path)).isEmpty();
    }

    @Test
    void onlyTheNativeKindReconnectsWithoutEnd() {
        for (ServerKind kind : ServerKind.values()) {
            assertThat(kind.reconnectPolicy().isUnlimited())
                    .as(kind.id())
                    .isEqualTo(kind == ServerKind.NATIVE);
        }
        assertThat(ServerKind.RELAY.reconnectPolicy().maxAttempts()).isZero();
        assertThat(ServerKind.ENHANCED.reconnectPolicy().maxAttempts()).isEqualTo(30);
        assertThat(ServerKind.ONESHOT.reconnectPolicy().maxAttempts()).isEqualTo(5);
    }

    @Test
    void everyKindCanInterruptExceptTheManager() {
        for (ServerKind kind : ServerKind.values()) {
            assertThat(kind.supports(Capability.INTERRUPT))
                    .as(kind.id())
                    .isEqualTo(kind != ServerKind.MANAGER);
            assertThat(kind.limitsSessions()).isEqualTo(kind == ServerKind.MANAGER);
            assertThat(kind.usesOneConnection()).isEqualTo(kind != ServerKind.NATIVE);
        }
        assertThat(ServerKind.NATIVE.capabilities()).containsExactlyInAnyOrder(Capability.values());
    }
}
