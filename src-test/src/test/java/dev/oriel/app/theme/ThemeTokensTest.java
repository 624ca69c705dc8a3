package dev.oriel.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThemeTokensTest {
    private static final List<String> PAGES =
            List.of("bg", "sidebar-bg", "card-bg", "card-hover", "user-bg", "field");

    @Test
    void everyThemeDefinesTheSameTokens() throws IOException {
        var names = ThemeTokens.of("oriel-light").own().keySet();
        for (String theme : ThemeTokens.THEMES) {
            assertThat(ThemeTokens.of(theme).own().keySet()).as(theme).isEqualTo(names);
        }
    }

    @Test
    void whatIsTheSameInEveryThemeIsDefinedOnce() throws IOException {
        Map<List<String>, String> seen = new HashMap<>();
        for (String name : ThemeTokens.of("oriel-light").own().keySet()) {
            List<String> values = new ArrayList<>();
            for (String theme : ThemeTokens.THEMES) {
                values.add(ThemeTokens.of(theme).own().get(name));
            }
            assertThat(seen.put(values, name)).as(name).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"oriel-light, 4.5", "oriel-dark, 4.5", "oriel-contrast, 7"})
    void everyTextCanBeReadWhereItStands(String theme, double least) throws IOException {
        ThemeTokens tokens = ThemeTokens.of(theme);
        for (String ink : List.of("text", "text-quiet", "accent", "failed", "ok")) {
            for (String background : PAGES) {
                check(tokens, ink, background, theme, least);
            }
        }
        for (String background : List.of("warning-bg", "bg", "card-bg", "sidebar-bg")) {
            for (String ink : List.of("text", "text-quiet", "amber", "accent", "denied")) {
                check(tokens, ink, background, theme, least);
            }
        }
        for (String background : List.of("side-hover", "side-chosen")) {
            for (String ink : List.of("text", "text-quiet", "amber", "accent", "failed")) {
                check(tokens, ink, background, theme, least);
            }
        }
        check(tokens, "text", "selection", theme, least);
        check(tokens, "text", "found-bg", theme, least);
        check(tokens, "found-current-text", "found-current-bg", theme, least);
        check(tokens, "failed", "error-bg", theme, least);
        check(tokens, "text", "error-bg", theme, least);
        check(tokens, "on-accent", "accent", theme, least);
        check(tokens, "on-accent", "accent-hover", theme, least);
    }

    private static void check(
            ThemeTokens tokens, String ink, String background, String theme, double least) {
        assertThat(tokens.contrast(ink, background))
                .as("%s on %s of %s", ink, background, theme)
                .isGreaterThanOrEqualTo(least);
    }
}
