package dev.oriel.app;

import dev.oriel.app.access.Announcer;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.connection.ServerConnection;
import dev.oriel.app.controls.ControlText;
import dev.oriel.app.controls.LayoutRecovery;
import dev.oriel.app.controls.PangoWorkaround;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.desktop.LoginItemViewModel;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.LayoutPulses;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.server.RemoteServerStore;
import dev.oriel.app.server.ServerViewModel;
import dev.oriel.app.server.TrialConnection;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.shell.EventNarrator;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.sidebar.SidebarViewModel;
import dev.oriel.app.theme.Theme;
import dev.oriel.app.theme.WindowIcon;
import dev.oriel.app.toast.Toasts;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.updates.UpdateHistory;
import dev.oriel.app.updates.UpdatesViewModel;
import dev.oriel.app.window.MainView;
import dev.oriel.app.window.WindowPlacement;
import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerClient;
import dev.oriel.client.TokenSource;
import dev.oriel.client.connect.ServerClients;
import dev.oriel.client.connect.ServerDetection;
import dev.oriel.client.transport.Transport;
import dev.oriel.client.transport.TransportException;
import dev.oriel.message.Graphemes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The one place where the window's parts are put together. Belongs to the JavaFX thread.
final class Wiring {
    /// A window whose server does not answer is not left half done.
    private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(3);

    /// What the server has said first is to be shown first.
    private static final Duration SETTLE_DELAY = Duration.ofMillis(300);

    private final AppContext context;
    private final FxLane fx;
    private final SettingsViewModel settings;
    private final ShellViewModel shell;
    private final ComposerViewModel composer;
    private final AsksViewModel asks;
    private final ServerViewModel server;
    private final MainView view;
    private final ServerConnection connection;
    private final UpdatesViewModel updates;
    private final Theme theme;
    private boolean serverReady;
    private @Nullable Stage stage;

    Wiring(AppContext ground) {
        this.context = ground;
        fx = ground.fx();
        settings = ground.settings();
        Clock clock = ground.clock();
        Toasts notices = ground.toasts();
        PromptOutbox outbox = ground.outbox();
        Scheduler delay = ground.later();
        LayoutRecovery.install();
        PangoWorkaround.install();
        // Before the first control, which would load the colours of JavaFX's own theme for nothing.
        theme = new Theme(settings);

        composer = new ComposerViewModel(ground.drafts(), fx, clock, notices::error);
        asks = new AsksViewModel(delay, notices::info);
        shell = new ShellViewModel(composer, asks, notices, delay, clock);
        connection =
                new ServerConnection(
                        (target, token) -> createClient(target, token, outbox),
                        shell,
                        outbox,
                        ground.windowState(),
                        fx,
                        clock);
        SidebarViewModel sidebar = new SidebarViewModel(clock, connection);
        sidebar.searches(delay, connection::search);
        sidebar.remembers(ground.windowState().unseen(), ground.windowState()::setUnseen);
        connection.attachSidebar(sidebar);
        server =
                new ServerViewModel(
                        ground.server(),
                        new RemoteServerStore(ground.paths().config()),
                        fx,
                        connection,
                        (at, token) -> {
                            try {
                                return ServerDetection.detect(
                                        at, token, settings.current().network().transport());
                            } catch (TransportException e) {
                                return CompletableFuture.failedFuture(e);
                            }
                        },
                        (target, token) -> {
                            try {
                                return TrialConnection.connect(createClient(target, token, outbox));
                            } catch (TransportException e) {
                                return CompletableFuture.failedFuture(e);
                            }
                        },
                        notices::error);
        ground.shutdown().add(connection::close);
        shell.connection()
                .subscribe(link -> server.updateConnection(link.isConnected(), link.detail()));
        settings.settings()
                .subscribe(s -> {
                    composer.setSendKey(s.sendKey());
                    shell.draft().folder().set(s.defaultFolder());
                });

        ExecutorService drawing =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("oriel-drawing").factory(),
                        // Nobody sees what is drawn while the window closes.
                        new ThreadPoolExecutor.DiscardPolicy());
        ground.shutdown().add(drawing::shutdownNow);
        ExecutorService desktop = AppContext.singleThread("oriel-desktop");
        ground.shutdown().add(desktop::shutdown);
        LoginItemViewModel login =
                new LoginItemViewModel(ground.services().login(), desktop, fx, notices::error);
        updates =
                new UpdatesViewModel(
                        ground.services().build(),
                        settings,
                        new UpdateHistory(
                                new JsonFile(ground.paths().state().resolve("updates.json")),
                                ground.writer()),
                        clock,
                        fx,
                        ground.services().browser());
        Announcer announcer = new Announcer(ground.later(), clock);
        // It lives by what it listens to.
        new EventNarrator(shell, composer, announcer::announce);
        view =
                new MainView(
                        new MainView.Parts(
                                shell,
                                connection,
                                sidebar,
                                composer,
                                asks,
                                server,
                                settings,
                                login,
                                updates,
                                ground.windowState(),
                                delay,
                                () ->
                                        new TranscriptView(
                                                fx,
                                                ground.later(),
                                                drawing,
                                                clock,
                                                SystemBrowser::open),
                                announcer,
                                ground.services().browser()));
        everyMinute(() -> {
            sidebar.refresh();
            updates.check();
        });
    }

    private ServerClient createClient(ConnectionTarget to, TokenSource token, PromptOutbox outbox)
            throws TransportException {
        return ServerClients.create(to.kind(), to.address(), token, outbox, transport(to));
    }

    /// Our own server, and whatever else is on this computer, is reached directly.
    private Transport transport(ConnectionTarget to) throws TransportException {
        return to.address().isLoopback() && to.address().base().getScheme().equals("http")
                ? Transport.plaintext()
                : settings.current().network().transport();
    }

    private void everyMinute(Runnable work) {
        context.later()
                .schedule(
                        Duration.ofMinutes(1),
                        () -> {
                            work.run();
                            everyMinute(work);
                        });
    }

    void open(Stage stage) {
        this.stage = stage;
        Scene scene = new Scene(view);
        theme.apply(scene);
        view.installKeys(scene);
        stage.setScene(scene);
        stage.titleProperty()
                .bind(
                        shell.header()
                                .map(h ->
                                        h.title().isEmpty()
                                                ? "Oriel"
                                                : Graphemes.truncate(
                                                                ControlText.singleLine(h.title()),
                                                                200)
                                                        + " · Oriel"));
        WindowPlacement.restore(stage, context.windowState().bounds());
        stage.focusedProperty()
                .subscribe(on -> {
                    if (on) {
                        asks.onWindowActivated();
                        connection.checkConnection();
                    }
                });
        stage.setOnCloseRequest(e -> {
            if (!view.confirmQuit(stage::close)) {
                e.consume();
            }
        });
        stage.setOnHiding(_ -> {
            context.windowState().setBounds(WindowPlacement.current(stage));
            if (canLayOut()) {
                context.windowState().setOpeningSession(null);
            }
        });
        stage.show();
        perform(context.startupAction());
        server.open();
        shell.connection()
                .subscribe(link -> {
                    if (!link.isConnecting()) {
                        onServerReady();
                    }
                });
        context.later().schedule(SERVER_TIMEOUT, this::onServerReady);
        shell.conversation()
                .subscribe(talk -> {
                    if (talk != null) {
                        whenShown(scene, talk, () -> context.windowState().setOpeningSession(null));
                    }
                });
    }

    /// Whether the window can be laid out as it is. One that is closed in good order soon after a
    /// session was opened was not ended by that session.
    private boolean canLayOut() {
        try {
            view.applyCss();
            view.layout();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /// Runs this once the conversation has come and frames with it have been laid out.
    private void whenShown(Scene scene, ConversationModel talk, Runnable then) {
        context.later()
                .schedule(
                        Duration.ofSeconds(1),
                        () -> {
                            if (!talk.equals(shell.conversation().get())) {
                                return;
                            }
                            if (shell.connection().get().isConnected()) {
                                LayoutPulses.runAfter(scene, 3, then);
                            } else {
                                whenShown(scene, talk, then);
                            }
                        });
    }

    /// The window stands and has its server, or has to do without it: now comes what nobody has
    /// waited for.
    private void onServerReady() {
        if (!serverReady) {
            serverReady = true;
            updates.open();
            context.later().schedule(SETTLE_DELAY, this::finish);
        }
    }

    private void finish() {
        if (stage != null) {
            stage.getIcons().setAll(WindowIcon.images());
        }
        view.warmUp();
    }

    private void perform(StartupAction wanted) {
        switch (wanted) {
            case StartupAction.RestoreLastSession _ -> {
                // The desk opens it once the server has said what there is.
            }
            case StartupAction.NewSession _ -> connection.newSession();
            case StartupAction.ShowServer _ -> {
                view.panels().showServer();
                server.start();
            }
            case StartupAction.ShowConnectForm(var link) -> view.panels().showConnectForm(link);
            case StartupAction.RejectLink(String words) -> shell.toasts().error(words);
        }
    }

    /// A further start asks this of the window that runs.
    void bringToFront(StartupAction wanted) {
        if (stage != null) {
            stage.setIconified(false);
            stage.toFront();
            stage.requestFocus();
        }
        perform(wanted);
    }

    /// @param part ended before everything that was put together here
    void closeFirst(AutoCloseable part) {
        context.shutdown().add(part);
    }

    /// Runs work on the JavaFX thread.
    void post(Runnable work) {
        fx.post(work);
    }

    ShellViewModel shell() {
        return shell;
    }

    ComposerViewModel composer() {
        return composer;
    }

    ServerViewModel server() {
        return server;
    }

    AsksViewModel asks() {
        return asks;
    }

    /// Ends everything; takes as long as the agents take to end, a few seconds at most.
    void close() {
        context.shutdown().run();
    }
}
