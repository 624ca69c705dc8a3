package dev.oriel.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Output of commands can be read in each of the 16 colours of a terminal. Where such a colour is
/// the background, the text has the colour of the card, so the same contrast holds.
class TerminalContrastTest {
    private static final List<String> NAMES =
            List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");

    private static Color token(String theme, String name) throws IOException {
        try (InputStream in =
                TerminalContrastTest.class.getResourceAsStream("/dev/oriel/app/theme/tokens.css")) {
            String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int start = css.indexOf("." + theme + " {\n");
            Matcher m =
                    Pattern.compile("-oriel-%s: (#[0-9a-f]{6});".formatted(name))
                            .matcher(css.substring(start, css.indexOf('}', start)));
            assertThat(m.find()).as(name).isTrue();
            return Color.web(m.group(1));
        }
    }

    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed())
                + 0.7152 * linear(c.getGreen())
                + 0.0722 * linear(c.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    private static double contrast(Color a, Color b) {
        double one = luminance(a) + 0.05;
        double other = luminance(b) + 0.05;
        return Math.max(one, other) / Math.min(one, other);
    }

    @ParameterizedTest
    @CsvSource({"oriel-light, 4.5", "oriel-dark, 4.5", "oriel-contrast, 7"})
    void everyColourOfATerminalHasEnoughContrast(String theme, double least) throws IOException {
        for (String name : NAMES) {
            for (String token : List.of("ansi-" + name, "ansi-bright-" + name)) {
                for (String background : List.of("bg", "card-bg", "card-hover", "code-bg")) {
                    assertThat(contrast(token(theme, token), token(theme, background)))
                            .as("%s on %s of %s", token, background, theme)
                            .isGreaterThanOrEqualTo(least);
                }
            }
        }
    }
}
