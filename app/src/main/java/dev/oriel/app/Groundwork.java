package dev.oriel.app;

import dev.oriel.app.client.FileOutbox;
import dev.oriel.app.composer.Drafts;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.Later;
import dev.oriel.app.server.Hosting;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.shell.Memory;
import dev.oriel.app.shell.Notices;
import dev.oriel.client.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What the window stands on: what was kept in files, and the server. None of it needs the JavaFX
/// thread, so it is laid while JavaFX loads ([HeadStart]); once laid it belongs to that thread, but
/// for what is safe for any.
///
/// @param fx the way onto the JavaFX thread; what is posted before JavaFX is there fails
/// @param shutdown ends all of it
/// @param writer writes files, one after the other
record Groundwork(
        AppPaths paths,
        Opening opening,
        Outside outside,
        Clock clock,
        FxLane fx,
        Later later,
        Shutdown shutdown,
        ScheduledExecutorService writer,
        Notices notices,
        SettingsViewModel settings,
        Memory memory,
        Drafts drafts,
        Outbox outbox,
        Hosting server) {

    /// Reads the files; the server does not run yet.
    static Groundwork lay(AppPaths paths, LaunchOptions options, Outside outside) {
        FxLane fx = new FxLane();
        Later later = new Later(fx);
        Shutdown shutdown = new Shutdown();
        ScheduledExecutorService writer = thread("oriel-files");
        shutdown.add(() -> end(writer));
        shutdown.add(later);
        Notices notices = new Notices(later::after);
        SettingsViewModel settings =
                new SettingsViewModel(
                        new JsonFile(paths.config().resolve("settings.json")),
                        writer,
                        words -> fx.post(() -> notices.trouble(words)));
        Memory memory = new Memory(new JsonFile(paths.state().resolve("window.json")), writer);
        Drafts drafts = new Drafts(paths.state().resolve("drafts"), writer, Duration.ofMillis(300));
        shutdown.add(drafts::flush);
        Outbox outbox = new FileOutbox(new JsonFile(paths.state().resolve("outbox.json")));
        ExecutorService serverThread = thread("oriel-server");
        shutdown.add(serverThread::shutdown);
        Hosting server =
                new Hosting(
                        new OwnServer(paths.data(), settings, options.agent(), outside.clis()),
                        options.port(),
                        serverThread);
        shutdown.add(server);
        return new Groundwork(
                paths,
                options.opening(),
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

    static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    private static void end(ExecutorService writer) throws InterruptedException {
        writer.shutdown();
        // What was changed last is still to be written.
        writer.awaitTermination(2, TimeUnit.SECONDS);
    }
}
