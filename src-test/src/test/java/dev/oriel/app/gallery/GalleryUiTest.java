package dev.oriel.app.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.app.settings.Settings;
import dev.oriel.app.settings.ThemeChoice;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.util.WaitForAsyncUtils;

/// Every control of a page can be reached with Tab, shows that it has the focus, has a name, is
/// large enough for a pointer, and its text can be read.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class GalleryUiTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ask-command",
                "ask-form",
                "ask-plan",
                "ask-preview",
                "ask-questions",
                "attachments-sent",
                "begin-demo",
                "panel-mcp-add",
                "panel-server",
                "panel-settings",
                "panel-shortcuts",
                "panel-usage",
                "rewind",
                "work-strip"
            })
    void everyControlCanBeUsed(String name) throws IOException {
        try (TestWindow window = player(name).play("light", 1000, 700)) {
            assertAudited(window);
            window.changeSettings(s -> s.withTheme(ThemeChoice.CONTRAST));
            assertAudited(window);
            assertThat(FocusWalk.of(window)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"panel-mcp", "panel-shortcuts"})
    void aPanelHasRoomForLargeTextInASmallWindow(String name) throws IOException {
        try (TestWindow window = player(name).play("light", 660, 480)) {
            window.changeSettings(s -> s.withTextSize(Settings.MAX_TEXT_SIZE));
            assertAudited(window);
        }
    }

    private static GalleryPlayer player(String name) throws IOException {
        GalleryPage page =
                GalleryPage.all().stream()
                        .filter(p -> p.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return new GalleryPlayer(page, _ -> WaitForAsyncUtils.waitForFxEvents());
    }

    /// A control has its name once it has its skin, in the pulse after it was shown.
    private static void assertAudited(TestWindow window) {
        AtomicReference<List<String>> faults = new AtomicReference<>(List.of());
        try {
            window.until(() -> {
                faults.set(PageAudit.of(window.stage().getScene()));
                return faults.get().isEmpty();
            });
        } catch (AssertionError e) {
            assertThat(faults.get()).isEmpty();
            throw e;
        }
    }
}
