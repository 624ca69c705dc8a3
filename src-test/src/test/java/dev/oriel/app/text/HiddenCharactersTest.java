package dev.oriel.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Invisible characters are written out wherever the user judges what a tool would do.
class HiddenCharactersTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x1b, 0x7f, 0x85, 0xa0, 0xad, 0x034f, 0x061c, 0x115f, 0x1160, 0x1680, 0x17b4,
                0x180b, 0x180e, 0x180f, 0x2003, 0x200b, 0x200d, 0x200e, 0x2028, 0x202e, 0x2060,
                0x2066, 0x2800, 0x3000, 0x3164, 0xd800, 0xe000, 0xfe0f, 0xfeff, 0xffa0, 0xfff9,
                0xffff, 0xe0001, 0xe0041, 0xe0100, 0xf0000
            })
    void charactersWithoutAVisibleGlyphAreHidden(int c) {
        assertThat(HiddenCharacters.isHidden(c)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "~", "é", "ß", "я", "中", "한", "ا", "क", "\u0301", "😀", "—", "␣", "⠿"})
    void charactersWithAGlyphAreNotHidden(String character) {
        assertThat(HiddenCharacters.isHidden(character.codePointAt(0))).isFalse();
    }

    @Test
    void outputKeepsCharactersThatHideOnlyThemselves() {
        assertThat(DisplayText.output("a\u200b\u2800\ue0b0b")).isEqualTo("a\u200b\u2800\ue0b0b");
        assertThat(DisplayText.output("a\u202eb\udb40\udc41")).isEqualTo("a⟨U+202E⟩b⟨U+E0041⟩");
    }

    @Test
    void argumentsKeepWhatEmojiAndScriptsNeed() {
        String text = "👩\u200d💻 ✔\ufe0f می\u200cخواهم 🏴󠁧󠁢󠁥󠁮󠁧󠁿";

        assertThat(DisplayText.argument(text)).isEqualTo(text);
    }

    /// In a request for permission and, once it is answered, in the transcript. There a lone
    /// surrogate is U+FFFD.
    @Test
    void theTranscriptEscapesEveryCharacterThatARequestForPermissionEscapes() {
        List<String> missed =
                assignedPlanes()
                        .filter(c -> Character.getType(c) != Character.SURROGATE)
                        .mapToObj(c -> "a" + Character.toString(c) + "b")
                        .filter(text -> EscapedText.of(text).contains("⟨U+"))
                        .filter(text -> !DisplayText.argument(text).contains("⟨U+"))
                        .map(text -> "U+%04X".formatted(text.codePointAt(1)))
                        .toList();

        assertThat(missed).isEmpty();
    }

    /// All code points of the planes that have assigned ones, without the two planes for private
    /// use, whose characters are alike.
    private static IntStream assignedPlanes() {
        return IntStream.concat(
                IntStream.rangeClosed(0, 0x3ffff), IntStream.rangeClosed(0xe0000, 0xf00ff));
    }
}
