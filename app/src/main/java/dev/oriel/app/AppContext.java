package dev.oriel.app;

import dev.oriel.app.server.HostedServer;
import dev.oriel.app.toast.Toasts;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/// Everything that the window needs and that does not need JavaFX: threads, files and the server.
/// It is created while JavaFX loads (see [BackgroundStartup]).
///
/// @param startupAction what the window shows first
/// @param shutdown closes all of it
record AppContext(
        StartupAction startupAction,
        SystemServices services,
        Clock clock,
        AppThreads threads,
        AppStorage storage,
        Toasts toasts,
        HostedServer server,
        ShutdownSequence shutdown)
        implements AutoCloseable {

    /// Reads the files; blocks. The server is not started.
    static AppContext create(AppPaths paths, LaunchOptions options, SystemServices services) {
        AppThreads threads = AppThreads.create();
        Toasts toasts = new Toasts(threads.scheduler());
        AppStorage storage =
                AppStorage.open(
                        paths,
                        threads.files(),
                        sentence -> threads.fx().post(() -> toasts.error(sentence)));
        HostedServer server =
                new HostedServer(
                        new EmbeddedServerLauncher(
                                paths.data(),
                                storage.settings(),
                                options.agent(),
                                services.clis(),
                                services.environment()),
                        options.port(),
                        threads.server());
        return new AppContext(
                options.startupAction(),
                services,
                Clock.system(ZoneId.systemDefault()),
                threads,
                storage,
                toasts,
                server,
                new ShutdownSequence(
                        List.of(
                                threads.desktop()::shutdown,
                                threads.rendering()::shutdownNow,
                                threads.media()::shutdownNow,
                                threads.highlighting()::shutdownNow,
                                server,
                                threads.server()::shutdown,
                                storage.drafts()::flush,
                                threads.scheduler(),
                                threads::awaitFiles)));
    }

    /// Stops the server and writes what is still unsaved. Takes as long as the agents take to end,
    /// a few seconds at most; not for the JavaFX thread.
    @Override
    public void close() {
        shutdown.run();
    }
}
