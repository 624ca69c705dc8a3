package dev.oriel.app.shell;

import dev.oriel.app.desktop.LoginSetting;
import dev.oriel.app.server.ConnectLink;
import dev.oriel.app.server.ProtocolPanel;
import dev.oriel.app.server.ServerPanel;
import dev.oriel.app.settings.SettingsView;
import java.util.function.Supplier;

/// The panels and sheets that can be opened over the window, each made when it opens. Belongs to
/// the JavaFX thread.
public final class Panels {
    private final MainView.Parts parts;
    private final Sheets sheets;
    private final Supplier<Shortcuts> shortcuts;

    Panels(MainView.Parts parts, Sheets sheets, Supplier<Shortcuts> shortcuts) {
        this.parts = parts;
        this.sheets = sheets;
        this.shortcuts = shortcuts;
    }

    /// Shows where the server listens.
    public void server() {
        sheets.side(serverPanel());
    }

    /// Shows the form for another server as a link fills it in; nothing is connected by that.
    public void connect(ConnectLink link) {
        ServerPanel panel = serverPanel();
        panel.fillIn(link);
        sheets.side(panel);
    }

    private ServerPanel serverPanel() {
        return new ServerPanel(
                parts.server(),
                parts.shell().notices()::word,
                parts.delay(),
                this::protocol,
                sheets::close);
    }

    private void protocol() {
        sheets.middle(new ProtocolPanel(parts.desk()::frames, parts.delay(), sheets::close));
    }

    void settings() {
        sheets.side(
                new SettingsView(parts.settings(), new LoginSetting(parts.login()), sheets::close));
    }

    void keys() {
        sheets.middle(ShortcutSheet.of(shortcuts.get()));
    }
}
