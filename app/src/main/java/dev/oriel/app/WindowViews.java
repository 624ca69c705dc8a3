package dev.oriel.app;

import dev.oriel.app.access.Announcer;
import dev.oriel.app.account.view.AccountsPanel;
import dev.oriel.app.account.view.FirstRunView;
import dev.oriel.app.composer.complete.OwnCommand;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.overlay.Dialogs;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.settings.WindowState;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.WindowPage;
import dev.oriel.app.sidebar.SidebarView;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.updates.UpdatesView;
import dev.oriel.app.window.ComposerArea;
import dev.oriel.app.window.DetailMenu;
import dev.oriel.app.window.HeaderView;
import dev.oriel.app.window.MainView;
import dev.oriel.app.window.NewSessionView;
import dev.oriel.app.window.PageArea;
import dev.oriel.app.window.Panels;
import dev.oriel.app.window.SidebarVisibility;
import dev.oriel.app.window.TranscriptHost;
import dev.oriel.app.window.WindowFind;
import dev.oriel.app.window.WindowJump;
import dev.oriel.app.window.WindowShortcuts;
import dev.oriel.app.work.WorkStrip;
import dev.oriel.client.SessionInfo;
import java.util.List;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The views of the window, put together for the view-models of a [Wiring]. Belongs to the JavaFX
/// thread.
final class WindowViews {
    private final Wiring models;
    private final Overlays overlays = new Overlays();
    private final TranscriptFactory transcripts;
    private final TranscriptHost transcript;
    private final ComposerArea composer;
    private final WindowFind find;
    private final DetailMenu detail;
    private final WindowJump jump;
    private final Panels panels;
    private final MainView main;
    private final WindowShortcuts shortcuts;

    WindowViews(Wiring models, Announcer announcer) {
        this.models = models;
        AppContext context = models.context();
        transcripts = new TranscriptFactory(models, overlays);
        ShellViewModel shell = models.shell();
        SettingsViewModel settings = context.storage().settings();
        settings.settings().subscribe(s -> overlays.setReducedMotion(s.reducedMotion()));
        panels =
                new Panels(
                        models.server(),
                        settings,
                        models.login(),
                        shell.toasts(),
                        context.threads().scheduler(),
                        models.connection()::frameLog,
                        models.usage(),
                        models.mcp(),
                        () -> shell.unsupported().get().mcp(),
                        context.services().browser(),
                        () -> accountsPanel(announcer),
                        overlays);
        transcript = new TranscriptHost(this::createTranscript);
        composer =
                new ComposerArea(
                        shell,
                        models.composer(),
                        models.asks(),
                        new WorkStrip(models.work()),
                        overlays,
                        panels::showUsage,
                        context.services().browser(),
                        announcer::focusItem,
                        transcripts.diffPanes(),
                        transcripts.promptReturn());
        models.composer().setOnSent(transcript::scrollToEnd);
        models.composer().completion().setOwnCommands(ownCommands());
        jump =
                new WindowJump(
                        transcript,
                        shell.conversation()::get,
                        models::prompts,
                        context.threads().fx(),
                        context.clock(),
                        overlays);
        detail = new DetailMenu(settings, announcer::announce);
        models.find().setAnnouncer(announcer::announce);
        transcript.setAnnouncer(announcer::announce);
        find =
                new WindowFind(
                        models.find(),
                        transcript,
                        () -> settings.current().reducedMotion(),
                        composer::focusField);
        ObservableValue<Boolean> firstRunShown =
                Bindings.createBooleanBinding(
                        () ->
                                models.firstRun().shown().get()
                                        && shell.page().get() instanceof WindowPage.NewSession,
                        models.firstRun().shown(),
                        shell.page());
        PageArea page =
                new PageArea(
                        shell,
                        newSessionView(),
                        transcript,
                        new UpdatesView(models.updates(), announcer::announce),
                        models.asks().shown(),
                        firstRunShown,
                        () -> firstRunView(announcer));
        composer.hideWhile(firstRunShown, page::focusFirst);
        SidebarView sidebar = sidebarView();
        shell.page()
                .subscribe(_ -> {
                    if (!sidebar.isBrowsing()) {
                        composer.focusField();
                    }
                });
        WindowState state = context.storage().windowState();
        SidebarVisibility sidebarShown =
                new SidebarVisibility(state.isSidebarShown(), state::setSidebarShown);
        HeaderView header =
                new HeaderView(
                        shell,
                        models.navigator(),
                        models.server(),
                        models.accounts(),
                        panels::showMcp,
                        sidebarShown);
        main =
                new MainView(
                        sidebar, header, page, composer, overlays, announcer, sidebarShown, find);
        firstRunShown.subscribe(_ -> composer.focusField());
        shortcuts =
                new WindowShortcuts(
                        main,
                        panels,
                        models.asks(),
                        models.sidebar(),
                        settings,
                        overlays,
                        find,
                        detail,
                        jump);
    }

    private List<OwnCommand> ownCommands() {
        return List.of(
                new OwnCommand(
                        "new", "Start a new session", models.sidebar().actions()::newSession),
                new OwnCommand(
                        "mode", "Choose the permission mode", composer.chips()::showModeMenu),
                new OwnCommand("model", "Choose the model", composer.chips()::showModelMenu),
                new OwnCommand(
                        "effort",
                        "Choose how much Claude thinks",
                        composer.chips()::showEffortMenu),
                new OwnCommand(
                        "usage",
                        "Show what the context holds, costs and limits",
                        panels::showUsage),
                new OwnCommand("mcp", "Show the MCP servers of this session", panels::showMcp),
                new OwnCommand(
                        "accounts", "Manage API keys and local models", panels::showAccounts),
                new OwnCommand("settings", "Open Oriel’s settings", panels::showSettings),
                new OwnCommand("keys", "List the keyboard shortcuts", this::showShortcuts));
    }

    private TranscriptView createTranscript() {
        TranscriptView view = transcripts.create();
        view.onOpenSettings(() -> panels.showSettings());
        view.onOpenAccounts(() -> panels.showAccounts());
        view.onOpenDiff(edit -> panels.showDiff(edit, transcripts.diffPanes()));
        transcripts.addItemMenus(view);
        view.menu()
                .add(_ ->
                        List.of(
                                menuItem("Find…", find::open),
                                menuItem("Prompts…", jump::showOutline),
                                menuItem("Go to the top", () -> view.toHeldEdge(false)),
                                menuItem("Go to the end", view::jumpToLatest)));
        view.menu().add(_ -> detail.menuItems());
        return view;
    }

    private static MenuItem menuItem(String text, Runnable action) {
        MenuItem item = Controls.menuItem(text);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private NewSessionView newSessionView() {
        ShellViewModel shell = models.shell();
        return new NewSessionView(
                shell,
                models.connection(),
                models.sessions()::folders,
                () ->
                        Dialogs.prompt(
                                overlays,
                                "Folder on the server’s computer",
                                "/home/you/project",
                                shell.draft().folder().get(),
                                shell.draft().folder()::set),
                text -> {
                    models.composer().text().set(text);
                    composer.focusField();
                },
                panels::showAccounts,
                models.context().threads().fx());
    }

    private FirstRunView firstRunView(Announcer announcer) {
        return new FirstRunView(
                models.firstRun(),
                this::copyCommand,
                models.context().services().browser(),
                announcer::announce);
    }

    private void copyCommand(String command) {
        ClipboardContent content = new ClipboardContent();
        content.putString(command);
        Clipboard.getSystemClipboard().setContent(content);
        models.shell().toasts().info("Copied: " + command);
    }

    private AccountsPanel accountsPanel(Announcer announcer) {
        return new AccountsPanel(
                models.accounts(),
                account ->
                        Objects.requireNonNullElse(
                                        models.sessions().sessions().get(), List.<SessionInfo>of())
                                .stream()
                                .filter(s -> account.equals(s.account()))
                                .count(),
                models.context().services().browser(),
                announcer::announce,
                overlays::close);
    }

    private SidebarView sidebarView() {
        SidebarView sidebar =
                new SidebarView(
                        models.sidebar(),
                        (session, confirmed) ->
                                Dialogs.confirm(
                                        overlays,
                                        "Delete this session?",
                                        "“"
                                                + session.title()
                                                + "” and everything said in it will be gone for"
                                                + " good.",
                                        "Delete",
                                        confirmed));
        models.shell()
                .unsupported()
                .subscribe(u -> sidebar.newSessionDisabledReason().set(u.sessions()));
        sidebar.onEnter(this::focusOpenSession);
        sidebar.onChosen(composer::focusField);
        sidebar.addFoot(
                footButton("Server", Feather.SERVER, "server", panels::showServer),
                footButton("Keys", Feather.COMMAND, "shortcuts", this::showShortcuts),
                footButton("Settings", Feather.SETTINGS, "open-settings", panels::showSettings));
        return sidebar;
    }

    private static Button footButton(String name, Feather icon, String id, Runnable action) {
        Button button = Controls.button(id.equals("server") ? name : "", new FontIcon(icon));
        button.setId(id);
        button.setAccessibleText(name);
        button.setTooltip(Controls.tooltip(name));
        button.getStyleClass().add("side-action");
        button.setOnAction(_ -> action.run());
        return button;
    }

    private void showShortcuts() {
        shortcuts.show();
    }

    /// Moves the focus from the sidebar to the composer, or to the transcript if the session was
    /// found by a search.
    private void focusOpenSession() {
        if (models.sidebar().filter().get().isBlank()) {
            composer.focusField();
        } else {
            transcript.focusText();
        }
    }

    MainView main() {
        return main;
    }

    Panels panels() {
        return panels;
    }

    WindowShortcuts shortcuts() {
        return shortcuts;
    }

    /// Prepares what has not been shown yet.
    void warmUp() {
        transcript.warmUp();
    }
}
