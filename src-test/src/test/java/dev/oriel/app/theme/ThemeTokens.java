package dev.oriel.app.theme;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;

/// The tokens of one theme, as `tokens.css` defines them.
final class ThemeTokens {
    static final List<String> THEMES = List.of("oriel-light", "oriel-dark", "oriel-contrast");
    private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)}");
    private static final Pattern TOKEN = Pattern.compile("-oriel-([a-z-]+): ([^;]+);");

    private final Map<String, String> own = new TreeMap<>();
    private final Map<String, String> shared = new TreeMap<>();

    private ThemeTokens() {}

    static ThemeTokens of(String theme) throws IOException {
        ThemeTokens tokens = new ThemeTokens();
        Matcher rule = RULE.matcher(resource("/dev/oriel/app/theme/tokens.css"));
        while (rule.find()) {
            String selectors = rule.group(1);
            if (selectors.contains("." + theme)) {
                Matcher token = TOKEN.matcher(rule.group(2));
                while (token.find()) {
                    (selectors.contains(",") ? tokens.shared : tokens.own)
                            .put(token.group(1), token.group(2));
                }
            }
        }
        return tokens;
    }

    static String resource(String name) throws IOException {
        try (InputStream in = ThemeTokens.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The values that only this theme has, by name.
    Map<String, String> own() {
        return own;
    }

    /// The values that all themes have, by name.
    Map<String, String> shared() {
        return shared;
    }

    /// A colour by name, also one that stands for another.
    Color color(String name) {
        String value = own.containsKey(name) ? own.get(name) : shared.get(name);
        Objects.requireNonNull(value, name);
        return value.startsWith("-oriel-")
                ? color(value.substring("-oriel-".length()))
                : Color.web(value);
    }

    /// The contrast of two colours, as WCAG 2 defines it: 1 to 21.
    double contrast(String a, String b) {
        double one = luminance(color(a)) + 0.05;
        double other = luminance(color(b)) + 0.05;
        return Math.max(one, other) / Math.min(one, other);
    }

    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed())
                + 0.7152 * linear(c.getGreen())
                + 0.0722 * linear(c.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
