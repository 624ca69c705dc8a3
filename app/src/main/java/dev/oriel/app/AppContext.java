package dev.oriel.app;

import dev.oriel.app.client.FileOutbox;
import dev.oriel.app.composer.DraftStore;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.server.HostedServer;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.settings.WindowState;
import dev.oriel.app.toast.Toasts;
import dev.oriel.client.PromptOutbox;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What the window stands on: what was kept in files, and the server. None of it needs the JavaFX
/// thread, so it is laid while JavaFX loads ([BackgroundStartup]); once laid it belongs to that
/// thread, but for what is safe for any.
///
/// @param fx the way onto the JavaFX thread; what is posted before JavaFX is there fails
/// @param shutdown ends all of it
/// @param writer writes files, one after the other
record AppContext(
        AppPaths paths,
        StartupAction startupAction,
        SystemServices services,
        Clock clock,
        FxLane fx,
        FxScheduler later,
        ShutdownSequence shutdown,
        ScheduledExecutorService writer,
        Toasts toasts,
        SettingsViewModel settings,
        WindowState windowState,
        DraftStore drafts,
        PromptOutbox outbox,
        HostedServer server) {

    /// Reads the files; the server does not run yet.
    static AppContext create(AppPaths paths, LaunchOptions options, SystemServices outside) {
        FxLane fx = new FxLane();
        FxScheduler later = new FxScheduler(fx);
        ShutdownSequence shutdown = new ShutdownSequence();
        ScheduledExecutorService writer = singleThread("oriel-files");
        shutdown.add(() -> awaitTermination(writer));
        shutdown.add(later);
        Toasts notices = new Toasts(later);
        SettingsViewModel settings =
                new SettingsViewModel(
                        new JsonFile(paths.config().resolve("settings.json")),
                        writer,
                        words -> fx.post(() -> notices.error(words)));
        WindowState memory =
                new WindowState(new JsonFile(paths.state().resolve("window.json")), writer);
        DraftStore drafts =
                new DraftStore(paths.state().resolve("drafts"), writer, Duration.ofMillis(300));
        shutdown.add(drafts::flush);
        PromptOutbox outbox = new FileOutbox(new JsonFile(paths.state().resolve("outbox.json")));
        ExecutorService serverThread = singleThread("oriel-server");
        shutdown.add(serverThread::shutdown);
        HostedServer server =
                new HostedServer(
                        new EmbeddedServerLauncher(
                                paths.data(), settings, options.agent(), outside.clis()),
                        options.port(),
                        serverThread);
        shutdown.add(server);
        return new AppContext(
                paths,
                options.startupAction(),
                outside,
                Clock.system(ZoneId.systemDefault()),
                fx,
                later,
                shutdown,
                writer,
                notices,
                settings,
                memory,
                drafts,
                outbox,
                server);
    }

    static ScheduledExecutorService singleThread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    private static void awaitTermination(ExecutorService writer) throws InterruptedException {
        writer.shutdown();
        // What was changed last is still to be written.
        writer.awaitTermination(2, TimeUnit.SECONDS);
    }
}
