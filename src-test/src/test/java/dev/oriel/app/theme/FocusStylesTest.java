package dev.oriel.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// JavaFX marks only what Tab reached as `focus-visible`; what else the keyboard reached is marked
/// as `reached` and looks the same.
class FocusStylesTest {
    private static final Path STYLES = Path.of("../app/src/main/resources/dev/oriel/app");
    private static final Pattern SELECTORS = Pattern.compile("([^{}]+)\\{");

    @Test
    void whatTheKeyboardReachedLooksTheSameHoweverItWasReached() throws IOException {
        List<String> missing = new ArrayList<>();
        int marked = 0;
        for (String selectors : allSelectors()) {
            List<String> each = Stream.of(selectors.split(",")).map(String::strip).toList();
            for (String selector : each) {
                if (selector.contains(":focus-visible")) {
                    marked++;
                    if (!each.contains(selector.replace(":focus-visible", ":reached"))) {
                        missing.add(selector);
                    }
                }
            }
        }
        assertThat(marked).isPositive();
        assertThat(missing).isEmpty();
    }

    private static List<String> allSelectors() throws IOException {
        try (Stream<Path> files = Files.walk(STYLES)) {
            List<String> all = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".css")).toList()) {
                String css = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "");
                SELECTORS.matcher(css).results().map(r -> r.group(1)).forEach(all::add);
            }
            return all;
        }
    }
}
