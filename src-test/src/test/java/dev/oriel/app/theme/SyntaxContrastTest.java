package dev.oriel.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.highlight.SyntaxClass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Code can be read in each of its colours, on each background on which code stands.
class SyntaxContrastTest {
    private static final List<String> BACKGROUNDS =
            List.of("bg", "code-bg", "card-bg", "diff-added-bg", "diff-removed-bg", "user-bg");

    private static String resource(String name) throws IOException {
        try (InputStream in = SyntaxContrastTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, Color> tokens(String theme) throws IOException {
        String css = resource("/dev/oriel/app/theme/tokens.css");
        int start = css.indexOf("." + theme + " {\n");
        String rules = css.substring(start, css.indexOf('}', start));
        Map<String, Color> tokens = new HashMap<>();
        Matcher m = Pattern.compile("-oriel-([a-z-]+): (#[0-9a-f]{6});").matcher(rules);
        while (m.find()) {
            tokens.put(m.group(1), Color.web(m.group(2)));
        }
        return tokens;
    }

    private static Color token(Map<String, Color> tokens, String name) {
        return Objects.requireNonNull(tokens.get(name), name);
    }

    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed())
                + 0.7152 * linear(c.getGreen())
                + 0.0722 * linear(c.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    /// As WCAG 2 defines it.
    private static double contrast(Color a, Color b) {
        double one = luminance(a) + 0.05;
        double other = luminance(b) + 0.05;
        return Math.max(one, other) / Math.min(one, other);
    }

    @ParameterizedTest
    @CsvSource({"oriel-light, 4.5", "oriel-dark, 4.5", "oriel-contrast, 7"})
    void everyColourOfCodeHasEnoughContrast(String theme, double least) throws IOException {
        Map<String, Color> tokens = tokens(theme);
        for (SyntaxClass kind : SyntaxClass.values()) {
            Color ink = token(tokens, kind.styleClass());
            for (String background : BACKGROUNDS) {
                assertThat(contrast(ink, token(tokens, background)))
                        .as("%s on %s of %s", kind, background, theme)
                        .isGreaterThanOrEqualTo(least);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"oriel-light, 4.5", "oriel-dark, 4.5", "oriel-contrast, 7"})
    void changesCanBeRead(String theme, double least) throws IOException {
        Map<String, Color> tokens = tokens(theme);
        Map<String, List<String>> backgrounds =
                Map.of(
                        "text", List.of("diff-added-word", "diff-removed-word"),
                        "text-quiet", List.of("diff-added-bg", "diff-removed-bg", "diff-fold-bg"),
                        "accent", List.of("diff-fold-bg"));
        backgrounds.forEach((ink, all) ->
                all.forEach(b ->
                        assertThat(contrast(token(tokens, ink), token(tokens, b)))
                                .as("%s on %s of %s", ink, b, theme)
                                .isGreaterThanOrEqualTo(least)));
    }

    @Test
    void everyClassHasItsRule() throws IOException {
        String css = resource("/dev/oriel/app/transcript/transcript.css");
        for (SyntaxClass kind : SyntaxClass.values()) {
            assertThat(css)
                    .contains(".text.%1$s { -fx-fill: -oriel-%1$s; }".formatted(kind.styleClass()));
        }
    }
}
