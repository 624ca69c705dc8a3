package dev.oriel.app;

import static dev.oriel.app.TestWindow.on;
import static dev.oriel.app.TestWindow.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.desktop.LoginItem;
import dev.oriel.app.settings.UpdateChoice;
import dev.oriel.app.updates.BuildInfo;
import dev.oriel.testing.peer.TestReleaseFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The settings that concern the operating system: opening at login, and new versions.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DesktopSettingsUiTest {
    @TempDir Path folder;
    private final List<String> pages = new CopyOnWriteArrayList<>();
    private final AtomicBoolean atLogin = new AtomicBoolean();

    private final LoginItem login =
            new LoginItem() {
                @Override
                public boolean isOn() {
                    return atLogin.get();
                }

                @Override
                public void setOn(boolean on) throws IOException {
                    if (!on) {
                        throw new IOException("it may not be taken away");
                    }
                    atLogin.set(true);
                }
            };

    private TestWindow open(TestReleaseFeed feed) {
        return TestWindow.open(
                TestWindow.paths(folder),
                "demo",
                new SystemServices(
                        ClaudeCli::new,
                        Optional.of(login),
                        new BuildInfo(feed.at("/releases.json"), feed.at("/download"), "0.1.0"),
                        pages::add),
                960,
                700);
    }

    private static CheckBox box(TestWindow window) {
        return (CheckBox) window.node("setting-login");
    }

    @Test
    void theSecondStartAsksAndShowsTheNewVersionIfTheUserAgrees() throws Exception {
        try (TestReleaseFeed feed = new TestReleaseFeed()) {
            feed.replyWith(
                    200,
                    """
                    [{"version":"0.2.0","date":"2026-12-01","notes":"Faster.\\n<b>Plain</b>","page":"%s"}]
                    """
                            .formatted(feed.at("/download/0.2.0")));
            try (TestWindow first = open(feed)) {
                assertThat(on(() -> first.shown("updates"))).isFalse();
            }
            try (TestWindow second = open(feed)) {
                second.until(() -> second.shown("updates-yes"));
                assertThat(feed.requests()).isEmpty();
                // The card does not take the focus.
                assertThat(on(() -> second.composer().isFocused())).isTrue();
                second.press("updates-yes");
                // The notes are in a ScrollPane, which shows its content with the next layout.
                second.until(() -> second.shown("updates-notes"));
                assertThat(on(() -> ((Label) second.node("updates-title")).getText()))
                        .isEqualTo("Oriel 0.2.0 was released on 2026-12-01");
                assertThat(on(() -> ((Label) second.node("updates-notes")).getText()))
                        .isEqualTo("Faster.\n<b>Plain</b>");
                second.press("updates-page");
                second.until(() -> !second.shown("updates"));
                assertThat(pages).containsExactly(feed.at("/download/0.2.0").toString());
                second.press("open-settings");
                second.until(() -> second.shown("setting-updates"));
                assertThat(on(() -> ((ChoiceBox<?>) second.node("setting-updates")).getValue()))
                        .isEqualTo(UpdateChoice.YES);
            }
            assertThat(feed.requests()).hasSize(1);
        }
    }

    @Test
    void theLoginSettingShowsWhatTheSystemReports() throws Exception {
        try (TestReleaseFeed feed = new TestReleaseFeed();
                TestWindow window = open(feed)) {
            atLogin.set(true);
            window.press("open-settings");
            window.until(() -> window.shown("setting-login") && box(window).isSelected());
            // The system refuses the change: the setting stays on, and a toast says so.
            run(() -> box(window).fire());
            window.until(() -> window.stage().getScene().lookup(".toast.trouble") != null);
            window.until(() -> box(window).isSelected());
            atLogin.set(false);
            run(() -> box(window).fire());
            run(() -> box(window).fire());
            window.until(() -> atLogin.get() && box(window).isSelected());
        }
    }

    @Test
    void theLoginSettingIsDisabledWithAReasonIfNothingIsInstalled() {
        try (TestWindow window = TestWindow.demo(folder)) {
            window.press("open-settings");
            window.until(() -> window.shown("setting-login"));
            assertThat(on(() -> box(window).isDisabled())).isTrue();
            assertThat(on(() -> ((Label) window.node("setting-login-why")).getText()))
                    .contains("installed from a package");
        }
    }
}
