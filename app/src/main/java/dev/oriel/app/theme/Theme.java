package dev.oriel.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.oriel.app.composer.complete.CompletionPopup;
import dev.oriel.app.settings.Settings;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.settings.ThemeChoice;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.usage.UsagePanel;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.util.Subscription;

/// The colours and text sizes of the window, as the settings and the system require. Belongs to the
/// JavaFX thread.
public final class Theme implements AutoCloseable {
    private static final List<String> STYLESHEETS =
            List.of(
                    "/dev/oriel/app/theme/tokens.css",
                    "/dev/oriel/app/theme/shell.css",
                    CompletionPopup.STYLESHEET,
                    "/dev/oriel/app/media/media.css",
                    "/dev/oriel/app/rewind/rewind.css",
                    "/dev/oriel/app/work/work.css",
                    TranscriptView.STYLESHEET,
                    "/dev/oriel/app/transcript/diff/diff.css",
                    "/dev/oriel/app/find/find.css",
                    "/dev/oriel/app/outline/outline.css",
                    "/dev/oriel/app/asks/asks.css",
                    "/dev/oriel/app/mcp/mcp.css",
                    "/dev/oriel/app/account/view/account.css",
                    UsagePanel.STYLESHEET);
    private static final double CONTROL_TEXT_SIZE = 13.0;

    private static final List<String> COLOURS =
            List.of("oriel-light", "oriel-dark", "oriel-contrast");

    private final SettingsViewModel settings;
    private Subscription listening = Subscription.EMPTY;

    /// Sets the theme of all controls. Create it before the first control, with which JavaFX would
    /// load its own theme.
    public Theme(SettingsViewModel settings) {
        this.settings = settings;
        settings.settings().subscribe(this::applyToControls);
        onColorScheme(() -> applyToControls(settings.current()));
    }

    /// The system's preferences live as long as the process, and what listens to them too.
    private void onColorScheme(Runnable change) {
        listening =
                Subscription.combine(
                        listening,
                        Platform.getPreferences()
                                .colorSchemeProperty()
                                .subscribe((_, _) -> change.run()));
    }

    /// Ends the changes with the system, so that the scenes can be collected.
    @Override
    public void close() {
        listening.unsubscribe();
    }

    private void applyToControls(Settings s) {
        Application.setUserAgentStylesheet(
                (isDark(s) ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
    }

    /// Applies the theme to a scene, now and whenever the settings or the system change.
    public void apply(Scene scene) {
        scene.getStylesheets()
                .setAll(
                        STYLESHEETS.stream()
                                .map(name ->
                                        Objects.requireNonNull(Theme.class.getResource(name), name))
                                .map(URL::toExternalForm)
                                .toList());
        settings.settings().subscribe(s -> apply(scene.getRoot(), s));
        onColorScheme(() -> apply(scene.getRoot(), settings.current()));
    }

    private static boolean isDark(Settings s) {
        return switch (s.theme()) {
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
            case LIGHT -> false;
            case DARK, CONTRAST -> true;
        };
    }

    private static void apply(Parent root, Settings s) {
        String colours =
                s.theme() == ThemeChoice.CONTRAST
                        ? "oriel-contrast"
                        : isDark(s) ? "oriel-dark" : "oriel-light";
        if (!root.getStyleClass().contains(colours)) {
            root.getStyleClass().removeAll(COLOURS);
            root.getStyleClass().add(colours);
        }
        double controls = CONTROL_TEXT_SIZE * s.textSize() / Settings.DEFAULT_TEXT_SIZE;
        root.setStyle(
                "-fx-font-size: %spx; -oriel-icon: %spx;"
                        .formatted(Math.round(controls * 10) / 10.0, s.textSize()));
    }
}
