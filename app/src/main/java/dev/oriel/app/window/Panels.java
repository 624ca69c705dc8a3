package dev.oriel.app.window;

import dev.oriel.app.account.view.AccountsPanel;
import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.desktop.LoginItemSetting;
import dev.oriel.app.desktop.LoginItemViewModel;
import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.mcp.McpPanel;
import dev.oriel.app.mcp.McpViewModel;
import dev.oriel.app.overlay.Dialogs;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.server.ConnectLink;
import dev.oriel.app.server.ProtocolPanel;
import dev.oriel.app.server.ServerPanel;
import dev.oriel.app.server.ServerViewModel;
import dev.oriel.app.settings.SettingsView;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.toast.Toasts;
import dev.oriel.app.transcript.diff.DiffContent;
import dev.oriel.app.transcript.diff.DiffOverlay;
import dev.oriel.app.transcript.diff.DiffPanes;
import dev.oriel.app.usage.UsagePanel;
import dev.oriel.app.usage.UsageViewModel;
import dev.oriel.client.FrameLog;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.jspecify.annotations.Nullable;

/// The panels that slide or float over the window, each created when it opens. Belongs to the
/// JavaFX thread.
public final class Panels {
    private static final int MAX_NAMED = 5;

    private final ServerViewModel server;
    private final SettingsViewModel settings;
    private final LoginItemViewModel login;
    private final Toasts toasts;
    private final Scheduler scheduler;
    private final Supplier<@Nullable FrameLog> frameLog;
    private final UsageViewModel usage;
    private final McpViewModel mcp;
    private final Supplier<String> mcpUnsupported;
    private final Consumer<String> browser;
    private final Overlays overlays;
    private final Supplier<AccountsPanel> accounts;

    /// @param accounts creates the panel with accounts
    /// @param mcpUnsupported why MCP servers cannot be added; empty if they can
    /// @param browser opens an address
    /// @param frameLog the frames of the window's connection; null if there is none
    public Panels(
            ServerViewModel server,
            SettingsViewModel settings,
            LoginItemViewModel login,
            Toasts toasts,
            Scheduler scheduler,
            Supplier<@Nullable FrameLog> frameLog,
            UsageViewModel usage,
            McpViewModel mcp,
            Supplier<String> mcpUnsupported,
            Consumer<String> browser,
            Supplier<AccountsPanel> accounts,
            Overlays overlays) {
        this.accounts = accounts;
        this.server = server;
        this.settings = settings;
        this.login = login;
        this.toasts = toasts;
        this.scheduler = scheduler;
        this.frameLog = frameLog;
        this.usage = usage;
        this.mcp = mcp;
        this.mcpUnsupported = mcpUnsupported;
        this.browser = browser;
        this.overlays = overlays;
    }

    /// Shows where the server listens.
    public void showServer() {
        overlays.showSide(serverPanel());
    }

    /// Shows the form for another server, filled in from a link. Nothing is connected.
    public void showConnectForm(ConnectLink link) {
        ServerPanel panel = serverPanel();
        panel.fillIn(link);
        overlays.showSide(panel);
    }

    private ServerPanel serverPanel() {
        return new ServerPanel(
                server,
                toasts::info,
                scheduler,
                this::showProtocol,
                () -> {
                    if (confirmServerStop(
                            "Stop the server while Claude works?", "Stop", server::stop)) {
                        server.stop();
                    }
                },
                overlays::close);
    }

    /// Whether the window may close at once. Where agents of its own server work, it asks the user.
    ///
    /// @param close called when the user confirms
    public boolean confirmQuit(Runnable close) {
        return confirmServerStop("Quit while Claude works?", "Quit", close);
    }

    private boolean confirmServerStop(String question, String yes, Runnable confirmed) {
        List<String> busy = server.busySessions();
        if (busy.isEmpty()) {
            return true;
        }
        Dialogs.confirm(overlays, question, text(busy), yes, confirmed);
        return false;
    }

    private static String text(List<String> busy) {
        List<String> first = busy.subList(0, Math.min(MAX_NAMED, busy.size()));
        int more = busy.size() - first.size();
        String names =
                "• " + String.join("\n• ", first) + (more > 0 ? "\n• and " + more + " more" : "");
        return (busy.size() == 1 ? "This session is" : "These sessions are")
                + " still being worked on:\n"
                + names
                + (busy.size() == 1 ? "\nIts agent ends" : "\nTheir agents end")
                + " with the server. What was said so far is kept.";
    }

    private void showProtocol() {
        overlays.showCentered(new ProtocolPanel(frameLog, scheduler, overlays::close));
    }

    /// Shows the context and what it holds, costs, and the user's plan.
    public void showUsage() {
        usage.load();
        overlays.showSide(new UsagePanel(usage, overlays::close));
    }

    /// Shows what an edit changed.
    public void showDiff(ToolRun edit, DiffPanes panes) {
        FileChange change = edit.output() == null ? null : edit.output().change();
        String path = EditDiffs.path(edit.fields());
        DiffContent content =
                new DiffContent(
                        List.of(),
                        EditDiffs.language(edit.name(), edit.fields()),
                        EditDiffs.size(edit.fields(), change),
                        () ->
                                EditDiffs.of(
                                        edit.name(), edit.fields(), change, DisplayText::output));
        DiffOverlay overlay =
                new DiffOverlay(DisplayText.argument(path), content, panes, overlays::close);
        overlays.showCentered(overlay);
        overlay.focusText();
    }

    /// Shows the MCP servers of the session.
    public void showMcp() {
        overlays.showSide(
                new McpPanel(mcp, browser, this::copy, mcpUnsupported.get(), overlays::close));
    }

    private void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
        toasts.info("The address was copied.");
    }

    /// Shows the settings.
    public void showSettings() {
        overlays.showSide(
                new SettingsView(
                        settings,
                        new LoginItemSetting(login),
                        this::showAccounts,
                        overlays::close));
    }

    /// Shows the accounts of the Messages API.
    public void showAccounts() {
        overlays.showSide(accounts.get());
    }
}
