package dev.oriel.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapedTextTest {
    @Test
    void visibleTextStaysAsItIs() {
        String visible = "grep -n 'größe' *.md | wc -l\n  echo \"日本 🙂\"";
        assertThat(EscapedText.of(visible)).isEqualTo(visible);
    }

    @Test
    void hiddenCharactersAreWrittenAsCodePoints() {
        assertThat(EscapedText.of("rm \u202Egpj.exe\u202C \u200B\u00A0\u001B[2K\u00AD"))
                .isEqualTo("rm ⟨U+202E⟩gpj.exe⟨U+202C⟩ ⟨U+200B⟩⟨U+00A0⟩⟨U+001B⟩[2K⟨U+00AD⟩");
        assertThat(EscapedText.of("a\rb\u2028c\u3164d\uFE0F\uDB40\uDC41"))
                .isEqualTo("a⟨U+000D⟩b⟨U+2028⟩c⟨U+3164⟩d⟨U+FE0F⟩⟨U+E0041⟩");
    }

    @Test
    void longGapsAreWrittenAsTheirLengths() {
        assertThat(EscapedText.of("ls" + " ".repeat(300) + "; rm -rf ~"))
                .isEqualTo("ls⟨300 spaces⟩; rm -rf ~");
        assertThat(EscapedText.of("ls" + "\n".repeat(50) + "rm -rf ~"))
                .isEqualTo("ls\n⟨49 empty lines⟩\nrm -rf ~");
    }
}
