package dev.oriel.app;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.CliSettings;
import dev.oriel.app.access.Announcer;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.Delay;
import dev.oriel.app.client.FileOutbox;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.Drafts;
import dev.oriel.app.desktop.Installed;
import dev.oriel.app.desktop.LoginStart;
import dev.oriel.app.desktop.LoginViewModel;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.Later;
import dev.oriel.app.server.RemoteChoice;
import dev.oriel.app.server.ServerViewModel;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.shell.Desk;
import dev.oriel.app.shell.MainView;
import dev.oriel.app.shell.Memory;
import dev.oriel.app.shell.Narration;
import dev.oriel.app.shell.Notices;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.Theme;
import dev.oriel.app.sidebar.SidebarViewModel;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.updates.Published;
import dev.oriel.app.updates.UpdateMemory;
import dev.oriel.app.updates.UpdatesViewModel;
import dev.oriel.client.Detection;
import dev.oriel.client.Outbox;
import dev.oriel.client.Remotes;
import dev.oriel.client.Target;
import dev.oriel.client.Transport;
import dev.oriel.client.TransportException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The one place where the window's parts are put together. Belongs to the JavaFX thread.
final class Wiring {
    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private final FxLane fx = new FxLane();
    private final Later later = new Later(fx);
    private final Shutdown shutdown = new Shutdown();
    private final Memory memory;
    private final SettingsViewModel settings;
    private final ShellViewModel shell;
    private final ComposerViewModel composer;
    private final AsksViewModel asks;
    private final ServerViewModel server;
    private final MainView view;
    private final TranscriptView transcript;
    private final Desk desk;
    private final Opening opening;
    private final UpdatesViewModel updates;
    private @Nullable Stage stage;

    Wiring(AppPaths paths, LaunchOptions options) {
        this(
                paths,
                options,
                new Outside(
                        ClaudeCli::new,
                        Installed.atLogin(),
                        Published.ofThisProgram(),
                        Browser::open));
    }

    /// What is this machine's, or a test's.
    ///
    /// @param clis makes the agents of the `claude` CLI
    /// @param login how the system opens Oriel; empty where nothing is installed
    /// @param published where newer versions are told of
    /// @param browser opens a page
    record Outside(
            Function<CliSettings, ClaudeCli> clis,
            Optional<LoginStart> login,
            Published published,
            Consumer<String> browser) {}

    Wiring(AppPaths paths, LaunchOptions options, Outside outside) {
        opening = options.opening();
        ScheduledExecutorService writer = thread("oriel-files");
        ExecutorService serverThread = thread("oriel-server");
        shutdown.add(() -> end(writer));
        shutdown.add(later);
        Delay delay = later::after;
        Notices notices = new Notices(delay);

        settings =
                new SettingsViewModel(
                        new JsonFile(paths.config().resolve("settings.json")),
                        writer,
                        words -> fx.post(() -> notices.trouble(words)));
        memory = new Memory(new JsonFile(paths.state().resolve("window.json")), writer);
        Drafts drafts = new Drafts(paths.state().resolve("drafts"), writer, Duration.ofMillis(300));
        shutdown.add(drafts::flush);
        Outbox outbox = new FileOutbox(new JsonFile(paths.state().resolve("outbox.json")));

        composer = new ComposerViewModel(drafts, fx, clock, notices::trouble);
        asks = new AsksViewModel(delay, notices::word);
        shell = new ShellViewModel(composer, asks, notices, delay, clock);
        desk =
                new Desk(
                        (target, token) ->
                                Remotes.of(
                                        target.kind(),
                                        target.address(),
                                        token,
                                        outbox,
                                        way(target)),
                        shell,
                        outbox,
                        memory,
                        fx,
                        clock);
        SidebarViewModel sidebar = new SidebarViewModel(clock, desk);
        sidebar.searches(delay, desk::search);
        sidebar.remembers(memory.unseen(), memory::unseen);
        desk.shownIn(sidebar);
        server =
                new ServerViewModel(
                        new OwnServer(paths.data(), settings, options.agent(), outside.clis()),
                        new RemoteChoice(paths.config()),
                        options.port(),
                        serverThread,
                        fx,
                        desk::connect,
                        (at, token) -> {
                            try {
                                return Detection.of(at, token, settings.now().way().transport());
                            } catch (TransportException e) {
                                return CompletableFuture.failedFuture(e);
                            }
                        },
                        notices::trouble);
        shutdown.add(serverThread::shutdown);
        shutdown.add(server::close);
        shutdown.add(desk::disconnect);
        settings.settings()
                .subscribe(s -> {
                    composer.sendKey(s.sendKey());
                    shell.draft().folder().set(s.defaultFolder());
                });

        ExecutorService drawing =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("oriel-drawing").factory());
        shutdown.add(drawing::shutdownNow);
        transcript = new TranscriptView(fx, later, drawing, clock, Browser::open);
        ExecutorService desktop = thread("oriel-desktop");
        shutdown.add(desktop::shutdown);
        LoginViewModel login = new LoginViewModel(outside.login(), desktop, fx, notices::trouble);
        updates =
                new UpdatesViewModel(
                        outside.published(),
                        settings,
                        new UpdateMemory(
                                new JsonFile(paths.state().resolve("updates.json")), writer),
                        clock,
                        fx,
                        outside.browser());
        Announcer announcer = new Announcer(later, clock);
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
                                memory,
                                delay,
                                transcript,
                                announcer));
        everyMinute(() -> {
            sidebar.refresh();
            updates.look();
        });
    }

    /// Our own server, and whatever else is on this computer, is reached directly.
    private Transport way(Target to) throws TransportException {
        return to.address().onThisComputer() && to.address().base().getScheme().equals("http")
                ? Transport.usual()
                : settings.now().way().transport();
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    private static void end(ExecutorService writer) throws InterruptedException {
        writer.shutdown();
        // What was changed last is still to be written.
        writer.awaitTermination(2, TimeUnit.SECONDS);
    }

    private void everyMinute(Runnable work) {
        later.after(
                Duration.ofMinutes(1),
                () -> {
                    work.run();
                    everyMinute(work);
                });
    }

    void open(Stage stage) {
        this.stage = stage;
        Scene scene = new Scene(view);
        new Theme(settings).dress(scene);
        view.listenOn(scene);
        stage.setScene(scene);
        stage.titleProperty()
                .bind(
                        shell.header()
                                .map(h -> h.title().isEmpty() ? "Oriel" : h.title() + " · Oriel"));
        WindowPlace.restore(stage, memory.place());
        stage.focusedProperty()
                .subscribe(on -> {
                    if (on) {
                        asks.windowActivated();
                    }
                });
        stage.setOnHiding(_ -> memory.place(WindowPlace.of(stage)));
        stage.show();
        turnTo(opening);
        server.open();
        updates.open();
        transcript.warmUp();
    }

    private void turnTo(Opening wanted) {
        switch (wanted) {
            case Opening.AsLeft _ -> {
                // The desk opens it once the server has said what there is.
            }
            case Opening.NewSession _ -> desk.begin();
            case Opening.OwnServer _ -> {
                view.openServer();
                server.start();
            }
            case Opening.Connect(var link) -> view.openConnect(link);
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
        shutdown.add(part);
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
        shutdown.run();
    }
}
