package dev.oriel.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which bytes are UTF-8. Bytes are examined eight at a time, so every position is tested.
class Utf8Test {
    private static final int LENGTH = 35;

    private static byte[] ascii(int length) {
        return "x".repeat(length).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void asciiOfAnyLengthIsValid() {
        for (int length = 0; length <= LENGTH; length++) {
            assertThat(Utf8.isValid(ascii(length))).as("%d bytes", length).isTrue();
        }
    }

    @Test
    void aSingleBytePastAsciiIsInvalidAtEveryPosition() {
        for (int length = 1; length <= LENGTH; length++) {
            for (int at = 0; at < length; at++) {
                byte[] bytes = ascii(length);
                bytes[at] = (byte) 0x80;
                assertThat(Utf8.isValid(bytes)).as("byte %d of %d", at, length).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "日", "🙂"})
    void charactersOfSeveralBytesAreValidAtEveryPosition(String character) {
        for (int at = 0; at < LENGTH; at++) {
            String text = "x".repeat(at) + character + "x".repeat(LENGTH - at);
            assertThat(Utf8.isValid(text.getBytes(StandardCharsets.UTF_8))).isTrue();
        }
    }

    @Test
    void aCharacterThatIsCutOffIsInvalid() {
        byte[] whole = "🙂".getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < whole.length; length++) {
            assertThat(Utf8.isValid(java.util.Arrays.copyOf(whole, length))).isFalse();
        }
    }

    @Test
    void anEncodedSurrogateAndAnOverlongFormAreInvalid() {
        assertThat(Utf8.isValid(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80})).isFalse();
        assertThat(Utf8.isValid(new byte[] {(byte) 0xC0, (byte) 0x80})).isFalse();
    }
}
