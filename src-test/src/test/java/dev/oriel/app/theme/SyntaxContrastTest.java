package dev.oriel.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.highlight.SyntaxClass;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Code can be read in each of its colours, on each background on which code stands.
class SyntaxContrastTest {
    private static final List<String> BACKGROUNDS =
            List.of("bg", "code-bg", "card-bg", "diff-added-bg", "diff-removed-bg", "user-bg");

    @ParameterizedTest
    @CsvSource({"oriel-light, 4.5", "oriel-dark, 4.5", "oriel-contrast, 7"})
    void everyColourOfCodeHasEnoughContrast(String theme, double least) throws IOException {
        ThemeTokens tokens = ThemeTokens.of(theme);
        for (SyntaxClass kind : SyntaxClass.values()) {
            for (String background : BACKGROUNDS) {
                assertThat(tokens.contrast(kind.styleClass(), background))
                        .as("%s on %s of %s", kind, background, theme)
                        .isGreaterThanOrEqualTo(least);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"oriel-light, 4.5", "oriel-dark, 4.5", "oriel-contrast, 7"})
    void changesCanBeRead(String theme, double least) throws IOException {
        ThemeTokens tokens = ThemeTokens.of(theme);
        Map<String, List<String>> backgrounds =
                Map.of(
                        "text", List.of("diff-added-word", "diff-removed-word"),
                        "text-quiet", List.of("diff-added-bg", "diff-removed-bg", "diff-fold-bg"),
                        "accent", List.of("diff-fold-bg"));
        backgrounds.forEach((ink, all) ->
                all.forEach(b ->
                        assertThat(tokens.contrast(ink, b))
                                .as("%s on %s of %s", ink, b, theme)
                                .isGreaterThanOrEqualTo(least)));
    }

    @Test
    void everyClassHasItsRule() throws IOException {
        String css = ThemeTokens.resource("/dev/oriel/app/transcript/transcript.css");
        for (SyntaxClass kind : SyntaxClass.values()) {
            assertThat(css)
                    .contains(".text.%1$s { -fx-fill: -oriel-%1$s; }".formatted(kind.styleClass()));
        }
    }
}
