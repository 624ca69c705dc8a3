package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerLimitsTest {
    private static final long MEBIBYTE = 1024 * 1024;

    @Test
    void theLimitOfAFrameDependsOnTheHeap() {
        assertThat(ServerLimits.maxFrame(16 * MEBIBYTE)).isEqualTo((int) MEBIBYTE);
        assertThat(ServerLimits.maxFrame(256 * MEBIBYTE)).isEqualTo((int) (8 * MEBIBYTE));
        assertThat(ServerLimits.maxFrame(64L * 1024 * MEBIBYTE)).isEqualTo((int) (32 * MEBIBYTE));
    }
}
