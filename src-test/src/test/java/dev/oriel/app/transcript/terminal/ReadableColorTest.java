package dev.oriel.app.transcript.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Every colour of a program becomes one that can be read.
class ReadableColorTest {
    @Test
    void everyTextCanBeReadOnLightAndDarkCards() {
        for (int background : new int[] {0xedeae4, 0x302d2a, 0x000000, 0xffffff}) {
            for (int rgb = 0; rgb < 0x1000000; rgb += 0x3137) {
                int shown = ReadableColor.on(background, rgb);
                assertThat(ReadableColor.contrast(shown, background)).isGreaterThanOrEqualTo(7);
            }
        }
    }

    @Test
    void blackOrWhiteCanBeReadOnEveryBackground() {
        for (int rgb = 0; rgb < 0x1000000; rgb += 0x3137) {
            int shown = ReadableColor.asBackground(rgb);
            assertThat(ReadableColor.contrast(shown, ReadableColor.blackOrWhite(shown)))
                    .isGreaterThanOrEqualTo(7);
        }
    }

    @Test
    void aColourThatCanBeReadStaysAsItIs() {
        assertThat(ReadableColor.on(0xffffff, 0x00008b)).isEqualTo(0x00008b);
        assertThat(ReadableColor.asBackground(0xffff00)).isEqualTo(0xffff00);
    }
}
