package dev.oriel.app.shell;

import dev.oriel.app.desktop.LoginSetting;
import dev.oriel.app.server.ConnectLink;
import dev.oriel.app.server.ProtocolPanel;
import dev.oriel.app.server.ServerPanel;
import dev.oriel.app.settings.SettingsView;
import java.util.List;
import java.util.function.Supplier;

/// The panels and sheets that can be opened over the window, each made when it opens. Belongs to
/// the JavaFX thread.
public final class Panels {
    private static final int MOST_NAMED = 5;

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
                () -> {
                    if (mayEnd("Stop the server while Claude works?", "Stop", this::stop)) {
                        stop();
                    }
                },
                sheets::close);
    }

    private void stop() {
        parts.server().stop();
    }

    /// Whether the server of this window may end now; where its agents work, the user is asked.
    ///
    /// @param then called once the user has said so
    boolean mayEnd(String question, String yes, Runnable then) {
        List<String> working = parts.server().working();
        if (working.isEmpty()) {
            return true;
        }
        Cards.confirm(sheets, question, words(working), yes, then);
        return false;
    }

    private static String words(List<String> working) {
        List<String> first = working.subList(0, Math.min(MOST_NAMED, working.size()));
        int more = working.size() - first.size();
        String names =
                "• " + String.join("\n• ", first) + (more > 0 ? "\n• and " + more + " more" : "");
        return (working.size() == 1 ? "This session is" : "These sessions are")
                + " still being worked on:\n"
                + names
                + (working.size() == 1 ? "\nIts agent ends" : "\nTheir agents end")
                + " with the server. What was said so far is kept.";
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
