package dev.oriel.app.connection;

import dev.oriel.app.asks.AskDrafts;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.DraftStore;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.settings.WindowState;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.sidebar.SessionList;
import dev.oriel.app.toast.Toasts;
import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerClient;
import dev.oriel.client.TokenSource;
import dev.oriel.testing.client.FakeServerClient;
import dev.oriel.testing.manual.ManualScheduler;
import dev.oriel.testing.media.TestAttachments;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// The models of a window between the composer and a server, without a window: everything runs on
/// the test's thread.
final class ConnectedModels implements AutoCloseable {
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    final ManualScheduler scheduler = new ManualScheduler();
    final Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    final Toasts toasts = new Toasts(scheduler);
    final PromptOutbox outbox = PromptOutbox.inMemory();
    final SessionList sessions = new SessionList(Set.of(), _ -> {});
    final WindowState windowState;
    final ComposerViewModel composer;
    final AsksViewModel asks =
            new AsksViewModel(scheduler, toasts::info, AskDrafts.inMemory(), _ -> {});
    final ShellViewModel shell;
    final SessionNavigator navigator;
    final ServerConnection connection;

    /// What the next connection gets.
    CompletableFuture<ServerClient> next = new CompletableFuture<>();

    ConnectedModels(Path folder) {
        composer =
                new ComposerViewModel(
                        DraftStore.open(folder.resolve("drafts"), writer, Duration.ofHours(1)),
                        TestAttachments.in(folder.resolve("attachments"), toasts::error),
                        Runnable::run,
                        clock,
                        toasts::error);
        windowState = new WindowState(new JsonFile(folder.resolve("window.json")), Runnable::run);
        shell = new ShellViewModel(composer, asks, toasts, scheduler, clock);
        navigator =
                new SessionNavigator(shell, sessions, outbox, windowState, Runnable::run, clock);
        connection = new ServerConnection(this::create, shell, navigator, Runnable::run);
    }

    private CompletableFuture<ServerClient> create(ConnectionTarget server, TokenSource token) {
        return next;
    }

    /// Connects to a server.
    void connect(FakeServerClient client) {
        connection.switchTo(client);
    }

    /// The texts of the toasts, oldest first.
    List<String> toastTexts() {
        return toasts.all().stream().map(Toasts.Toast::text).toList();
    }

    @Override
    public void close() {
        writer.shutdownNow();
    }
}
