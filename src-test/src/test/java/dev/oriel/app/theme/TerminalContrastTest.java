package dev.oriel.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Output of commands can be read in each of the 16 colours of a terminal. Where such a colour is
/// the background, the text has the colour of the card, so the same contrast holds.
class TerminalContrastTest {
    private static final List<String> NAMES =
            List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");

    @ParameterizedTest
    @CsvSource({"oriel-light, 4.5", "oriel-dark, 4.5", "oriel-contrast, 7"})
    void everyColourOfATerminalHasEnoughContrast(String theme, double least) throws IOException {
        ThemeTokens tokens = ThemeTokens.of(theme);
        for (String name : NAMES) {
            for (String token : List.of("ansi-" + name, "ansi-bright-" + name)) {
                for (String background : List.of("bg", "card-bg", "card-hover", "code-bg")) {
                    assertThat(tokens.contrast(token, background))
                            .as("%s on %s of %s", token, background, theme)
                            .isGreaterThanOrEqualTo(least);
                }
            }
        }
    }
}
