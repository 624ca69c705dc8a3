package dev.oriel.app.window;

import dev.oriel.app.desktop.LoginItemSetting;
import dev.oriel.app.keyboard.Shortcuts;
import dev.oriel.app.overlay.Dialogs;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.overlay.ShortcutSheet;
import dev.oriel.app.server.ConnectLink;
import dev.oriel.app.server.ProtocolPanel;
import dev.oriel.app.server.ServerPanel;
import dev.oriel.app.settings.SettingsView;
import java.util.List;
import java.util.function.Supplier;

/// The panels and sheets that can be opened over the window, each made when it opens. Belongs to
/// the JavaFX thread.
public final class Panels {
    private static final int MAX_NAMED = 5;

    private final MainView.Parts parts;
    private final Overlays sheets;
    private final Supplier<Shortcuts> shortcuts;

    Panels(MainView.Parts parts, Overlays sheets, Supplier<Shortcuts> shortcuts) {
        this.parts = parts;
        this.sheets = sheets;
        this.shortcuts = shortcuts;
    }

    /// Shows where the server listens.
    public void showServer() {
        sheets.showSide(serverPanel());
    }

    /// Shows the form for another server as a link fills it in; nothing is connected by that.
    public void showConnectForm(ConnectLink link) {
        ServerPanel panel = serverPanel();
        panel.fillIn(link);
        sheets.showSide(panel);
    }

    private ServerPanel serverPanel() {
        return new ServerPanel(
                parts.server(),
                parts.shell().toasts()::info,
                parts.delay(),
                this::showProtocol,
                () -> {
                    if (confirmServerStop(
                            "Stop the server while Claude works?", "Stop", this::stopServer)) {
                        stopServer();
                    }
                },
                sheets::close);
    }

    private void stopServer() {
        parts.server().stop();
    }

    /// Whether the server of this window may end now; where its agents work, the user is asked.
    ///
    /// @param then called once the user has said so
    boolean confirmServerStop(String question, String yes, Runnable then) {
        List<String> working = parts.server().busySessions();
        if (working.isEmpty()) {
            return true;
        }
        Dialogs.confirm(sheets, question, words(working), yes, then);
        return false;
    }

    private static String words(List<String> working) {
        List<String> first = working.subList(0, Math.min(MAX_NAMED, working.size()));
        int more = working.size() - first.size();
        String names =
                "• " + String.join("\n• ", first) + (more > 0 ? "\n• and " + more + " more" : "");
        return (working.size() == 1 ? "This session is" : "These sessions are")
                + " still being worked on:\n"
                + names
                + (working.size() == 1 ? "\nIts agent ends" : "\nTheir agents end")
                + " with the server. What was said so far is kept.";
    }

    private void showProtocol() {
        sheets.showCentered(
                new ProtocolPanel(parts.desk()::frameLog, parts.delay(), sheets::close));
    }

    void showSettings() {
        sheets.showSide(
                new SettingsView(
                        parts.settings(), new LoginItemSetting(parts.login()), sheets::close));
    }

    void showShortcuts() {
        sheets.showCentered(ShortcutSheet.create(shortcuts.get()));
    }
}
