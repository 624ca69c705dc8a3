package dev.oriel.app.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.oriel.app.settings.Settings;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.settings.ThemeChoice;
import dev.oriel.app.transcript.TranscriptView;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;

/// Colours and sizes of a scene, after the settings and the system.
public final class Theme {
    private static final List<String> SHEETS =
            List.of(
                    "/dev/oriel/app/theme/tokens.css",
                    "/dev/oriel/app/theme/shell.css",
                    TranscriptView.STYLESHEET);
    private static final double CONTROLS = 13.0;

    private final SettingsViewModel settings;

    public Theme(SettingsViewModel settings) {
        this.settings = settings;
    }

    /// Dresses a scene, now and whenever the settings or the system change.
    public void dress(Scene scene) {
        scene.getStylesheets()
                .setAll(
                        SHEETS.stream()
                                .map(name ->
                                        Objects.requireNonNull(Theme.class.getResource(name), name))
                                .map(URL::toExternalForm)
                                .toList());
        settings.settings().subscribe(s -> dress(scene.getRoot(), s));
        Platform.getPreferences()
                .colorSchemeProperty()
                .subscribe(_ -> dress(scene.getRoot(), settings.now()));
    }

    private static void dress(Parent root, Settings s) {
        boolean systemDark = Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        boolean dark =
                s.theme() == ThemeChoice.DARK || (s.theme() == ThemeChoice.SYSTEM && systemDark);
        Application.setUserAgentStylesheet(
                dark || s.theme() == ThemeChoice.CONTRAST
                        ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
        root.getStyleClass().removeAll("oriel-light", "oriel-dark", "oriel-contrast");
        root.getStyleClass()
                .add(
                        s.theme() == ThemeChoice.CONTRAST
                                ? "oriel-contrast"
                                : dark ? "oriel-dark" : "oriel-light");
        double controls = CONTROLS * s.textSize() / Settings.USUAL_TEXT;
        root.setStyle("-fx-font-size: " + Math.round(controls * 10) / 10.0 + "px;");
    }
}
