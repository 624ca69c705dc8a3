package dev.oriel.app;

import dev.oriel.app.access.Announcer;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.Delay;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.controls.LayoutRecovery;
import dev.oriel.app.controls.PangoRuns;
import dev.oriel.app.controls.ShownText;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.desktop.LoginViewModel;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.LaidOutFrames;
import dev.oriel.app.server.FirstConnection;
import dev.oriel.app.server.RemoteChoice;
import dev.oriel.app.server.ServerViewModel;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.shell.Desk;
import dev.oriel.app.shell.MainView;
import dev.oriel.app.shell.Narration;
import dev.oriel.app.shell.Notices;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.Theme;
import dev.oriel.app.shell.WindowIcon;
import dev.oriel.app.sidebar.SidebarViewModel;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.updates.UpdateMemory;
import dev.oriel.app.updates.UpdatesViewModel;
import dev.oriel.client.Detection;
import dev.oriel.client.Outbox;
import dev.oriel.client.Remote;
import dev.oriel.client.Remotes;
import dev.oriel.client.Target;
import dev.oriel.client.TokenSource;
import dev.oriel.client.Transport;
import dev.oriel.client.TransportException;
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
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// What the server has said first is to be shown first.
    private static final Duration BREATH = Duration.ofMillis(300);

    private final Groundwork ground;
    private final FxLane fx;
    private final SettingsViewModel settings;
    private final ShellViewModel shell;
    private final ComposerViewModel composer;
    private final AsksViewModel asks;
    private final ServerViewModel server;
    private final MainView view;
    private final Desk desk;
    private final UpdatesViewModel updates;
    private final Theme theme;
    private boolean settled;
    private @Nullable Stage stage;

    Wiring(Groundwork ground) {
        this.ground = ground;
        fx = ground.fx();
        settings = ground.settings();
        Clock clock = ground.clock();
        Notices notices = ground.notices();
        Outbox outbox = ground.outbox();
        Delay delay = ground.later()::after;
        LayoutRecovery.install();
        PangoRuns.repair();
        // Before the first control, which would load the colours of JavaFX's own theme for nothing.
        theme = new Theme(settings);

        composer = new ComposerViewModel(ground.drafts(), fx, clock, notices::trouble);
        asks = new AsksViewModel(delay, notices::word);
        shell = new ShellViewModel(composer, asks, notices, delay, clock);
        desk =
                new Desk(
                        (target, token) -> remote(target, token, outbox),
                        shell,
                        outbox,
                        ground.memory(),
                        fx,
                        clock);
        SidebarViewModel sidebar = new SidebarViewModel(clock, desk);
        sidebar.searches(delay, desk::search);
        sidebar.remembers(ground.memory().unseen(), ground.memory()::unseen);
        desk.shownIn(sidebar);
        server =
                new ServerViewModel(
                        ground.server(),
                        new RemoteChoice(ground.paths().config()),
                        fx,
                        desk,
                        (at, token) -> {
                            try {
                                return Detection.of(at, token, settings.now().way().transport());
                            } catch (TransportException e) {
                                return CompletableFuture.failedFuture(e);
                            }
                        },
                        (target, token) -> {
                            try {
                                return FirstConnection.of(remote(target, token, outbox));
                            } catch (TransportException e) {
                                return CompletableFuture.failedFuture(e);
                            }
                        },
                        notices::trouble);
        ground.shutdown().add(desk::disconnect);
        shell.link().subscribe(link -> server.link(link.live(), link.detail()));
        settings.settings()
                .subscribe(s -> {
                    composer.sendKey(s.sendKey());
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
        ExecutorService desktop = Groundwork.thread("oriel-desktop");
        ground.shutdown().add(desktop::shutdown);
        LoginViewModel login =
                new LoginViewModel(ground.outside().login(), desktop, fx, notices::trouble);
        updates =
                new UpdatesViewModel(
                        ground.outside().published(),
                        settings,
                        new UpdateMemory(
                                new JsonFile(ground.paths().state().resolve("updates.json")),
                                ground.writer()),
                        clock,
                        fx,
                        ground.outside().browser());
        Announcer announcer = new Announcer(ground.later(), clock);
        // It lives by what it listens to.
        new Narration(shell, composer, announcer::say);
        view =
                new MainView(
                        new MainView.Parts(
                                shell,
                                desk,
                                sidebar,
                                composer,
                                asks,
                                server,
                                settings,
                                login,
                                updates,
                                ground.memory(),
                                delay,
                                () ->
                                        new TranscriptView(
                                                fx, ground.later(), drawing, clock, Browser::open),
                                announcer,
                                ground.outside().browser()));
        everyMinute(() -> {
            sidebar.refresh();
            updates.look();
        });
    }

    private Remote remote(Target to, TokenSource token, Outbox outbox) throws TransportException {
        return Remotes.of(to.kind(), to.address(), token, outbox, way(to));
    }

    /// Our own server, and whatever else is on this computer, is reached directly.
    private Transport way(Target to) throws TransportException {
        return to.address().onThisComputer() && to.address().base().getScheme().equals("http")
                ? Transport.plain()
                : settings.now().way().transport();
    }

    private void everyMinute(Runnable work) {
        ground.later()
                .after(
                        Duration.ofMinutes(1),
                        () -> {
                            work.run();
                            everyMinute(work);
                        });
    }

    void open(Stage stage) {
        this.stage = stage;
        Scene scene = new Scene(view);
        theme.dress(scene);
        view.listenOn(scene);
        stage.setScene(scene);
        stage.titleProperty()
                .bind(
                        shell.header()
                                .map(h ->
                                        h.title().isEmpty()
                                                ? "Oriel"
                                                : Graphemes.shortened(
                                                                ShownText.line(h.title()), 200)
                                                        + " · Oriel"));
        WindowPlace.restore(stage, ground.memory().place());
        stage.focusedProperty()
                .subscribe(on -> {
                    if (on) {
                        asks.windowActivated();
                        desk.checkNow();
                    }
                });
        stage.setOnCloseRequest(e -> {
            if (!view.mayQuit(stage::close)) {
                e.consume();
            }
        });
        stage.setOnHiding(_ -> {
            ground.memory().place(WindowPlace.of(stage));
            if (laysOut()) {
                ground.memory().opening(null);
            }
        });
        stage.show();
        turnTo(ground.opening());
        server.open();
        shell.link()
                .subscribe(link -> {
                    if (!link.connecting()) {
                        settle();
                    }
                });
        ground.later().after(PATIENCE, this::settle);
        shell.conversation()
                .subscribe(talk -> {
                    if (talk != null) {
                        whenShown(scene, talk, () -> ground.memory().opening(null));
                    }
                });
    }

    /// Whether the window can be laid out as it is. One that is closed in good order soon after a
    /// session was opened was not ended by that session.
    private boolean laysOut() {
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
        ground.later()
                .after(
                        Duration.ofSeconds(1),
                        () -> {
                            if (!talk.equals(shell.conversation().get())) {
                                return;
                            }
                            if (shell.link().get().live()) {
                                LaidOutFrames.after(scene, 3, then);
                            } else {
                                whenShown(scene, talk, then);
                            }
                        });
    }

    /// The window stands and has its server, or has to do without it: now comes what nobody has
    /// waited for.
    private void settle() {
        if (!settled) {
            settled = true;
            updates.open();
            ground.later().after(BREATH, this::finish);
        }
    }

    private void finish() {
        if (stage != null) {
            stage.getIcons().setAll(WindowIcon.images());
        }
        view.warmUp();
    }

    private void turnTo(Opening wanted) {
        switch (wanted) {
            case Opening.AsLeft _ -> {
                // The desk opens it once the server has said what there is.
            }
            case Opening.NewSession _ -> desk.begin();
            case Opening.OwnServer _ -> {
                view.panels().server();
                server.start();
            }
            case Opening.Connect(var link) -> view.panels().connect(link);
            case Opening.Refused(String words) -> shell.notices().trouble(words);
        }
    }

    /// A further start asks this of the window that runs.
    void comeToFront(Opening wanted) {
        if (stage != null) {
            stage.setIconified(false);
            stage.toFront();
            stage.requestFocus();
        }
        turnTo(wanted);
    }

    /// @param part ended before everything that was put together here
    void endsFirst(AutoCloseable part) {
        ground.shutdown().add(part);
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
        ground.shutdown().run();
    }
}
